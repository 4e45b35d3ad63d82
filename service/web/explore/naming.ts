// Which names are drawn: at a size that can be read, and none over another; the rest is told where it is pointed at.

export const FONT_PX = 12;
/** The height of a line of letters, by their size. */
export const LINE = 1.2;
const WIDEST_PX = 130;
const MOST_LINES = 3;
const ROOM_PX = 3;
const CELL_PX = 200;

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Something that may be named: below a point, or with its middle there. */
export interface Wanted {
  id: string;
  words: string;
  x: number;
  y: number;
  isMiddle?: boolean;
}

/** Return how wide words are in the letters of the page. */
export function measure(): (words: string) => number {
  const paint = document.createElement("canvas").getContext("2d");
  if (!paint) return (words) => (words.length * FONT_PX) / 2;
  paint.font = `${FONT_PX}px ${getComputedStyle(document.body).fontFamily}`;
  return (words) => paint.measureText(words).width;
}

/** Return words in few lines of a width; a run without a space is broken anywhere, and what is left is cut off. */
export function lined(words: string, width: (words: string) => number, widest = WIDEST_PX, most = MOST_LINES): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces(words, width, widest)) {
    const longer = line ? `${line} ${piece}` : piece;
    if (width(longer) <= widest || !line) line = longer;
    else {
      if (lines.length === most - 1) return [...lines, `${line}…`];
      lines.push(line);
      line = piece;
    }
  }
  return [...lines, line];
}

/** Yield the words of a name, those that are too long in parts that fit. */
function* pieces(words: string, width: (words: string) => number, widest: number): Generator<string> {
  for (const word of words.split(/\s+/u).filter(Boolean)) {
    if (width(word.slice(0, 4 * widest)) <= widest) {
      yield word;
      continue;
    }
    let part = "";
    for (const { segment } of new Intl.Segmenter().segment(word)) {
      if (part && width(part + segment) > widest) {
        yield part;
        part = "";
      }
      part += segment;
    }
    if (part) yield part;
  }
}

/** Boxes that do not lie over each other, found by where they lie. */
export class Taken {
  private readonly cells = new Map<string, Box[]>();

  isFree(box: Box): boolean {
    return this.cellsOf(box).every((cell) => (this.cells.get(cell) ?? []).every((other) => !meet(box, other)));
  }

  take(box: Box): void {
    for (const cell of this.cellsOf(box)) {
      const there = this.cells.get(cell);
      if (there) there.push(box);
      else this.cells.set(cell, [box]);
    }
  }

  private cellsOf({ left, top, right, bottom }: Box): string[] {
    const found: string[] = [];
    for (let x = Math.floor(left / CELL_PX); x <= Math.floor(right / CELL_PX); x += 1) {
      for (let y = Math.floor(top / CELL_PX); y <= Math.floor(bottom / CELL_PX); y += 1) found.push(`${x} ${y}`);
    }
    return found;
  }
}

function meet(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/**
 * Return the lines of the names that have room, the first of what is wanted before the rest.
 *
 * @param wanted - what may be named, in points of the screen.
 * @param taken - where no name may lie.
 * @param sure - so many of the first are named whatever they lie over.
 */
export function namesWithRoom(wanted: readonly Wanted[], taken: Taken, sure: number): Map<string, string[]> {
  const width = measure();
  const found = new Map<string, string[]>();
  wanted.forEach(({ id, words, x, y, isMiddle }, at) => {
    const tip = { left: x - FONT_PX, right: x + FONT_PX, top: y, bottom: y + FONT_PX };
    if (!words || (at >= sure && !taken.isFree(tip))) return;
    const lines = lined(words, width);
    const half = Math.max(...lines.map(width)) / 2 + ROOM_PX;
    const height = lines.length * FONT_PX * LINE;
    const top = isMiddle ? y - height / 2 : y;
    const box = { left: x - half, right: x + half, top, bottom: top + height };
    if (at >= sure && !taken.isFree(box)) return;
    taken.take(box);
    found.set(id, lines);
  });
  return found;
}
