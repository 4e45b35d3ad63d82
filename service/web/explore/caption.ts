// What stands below a picture that is saved, so that it can be cited: what the shapes mean, who states it, and where it is.
import { colour, cornersOf, lookOf } from "./kinds";
import { lined, measure } from "./naming";
import type { Told } from "./told";

export const CAPTION_PX = 12;
export const CAPTION_LINE_PX = 20;
/** A longer address is told in the file but not written below the picture. */
const LONGEST = 400;

export interface Caption {
  kinds: { kind: string; classes: readonly string[] }[];
  lines: string[];
  address: string;
}

/** Return which classes are on a board, each with the classes of something that is called so. */
export function kindsOf(told: Told): Caption["kinds"] {
  const kinds = new Map<string, readonly string[]>();
  for (const thing of told.things) if (thing.kind) kinds.set(thing.kind, thing.classes);
  return [...kinds].sort().map(([kind, classes]) => ({ kind, classes }));
}

export function captionOf(told: Told, address: string): Caption {
  const titles = told.sources.map((source) => source.title);
  const where = address.length <= LONGEST ? address : new URL(address).origin + new URL(address).pathname;
  const day = new Date().toLocaleDateString("en", { day: "numeric", month: "long", year: "numeric" });
  const lines = [`${where}, ${day}.`];
  if (titles.length) lines.unshift(`${titles.length === 1 ? "Source" : "Sources"}: ${titles.join("; ")}.`);
  return { kinds: kindsOf(told), lines, address };
}

/** Return a picture with a caption below it. */
export async function captioned(picture: Blob, caption: Caption, scale: number): Promise<Blob> {
  const image = await createImageBitmap(picture);
  const measured = measure();
  const width = Math.max(image.width, 540 * scale);
  const lines = caption.lines.flatMap((words) => lined(words, measured, width / scale - 32, Infinity));
  const sheet = document.createElement("canvas");
  const paint = sheet.getContext("2d");
  if (!paint) return picture;
  const rows = placedKinds(caption, measured, width / scale - 32);
  const legend = (rows.at(-1)?.row ?? 0) + 1;
  [sheet.width, sheet.height] = [width, image.height + (legend + lines.length + 1) * CAPTION_LINE_PX * scale];
  paint.fillStyle = colour("--paper");
  paint.fillRect(0, 0, sheet.width, sheet.height);
  paint.drawImage(image, (width - image.width) / 2, 0);
  paint.setTransform(scale, 0, 0, scale, 16 * scale, image.height + CAPTION_LINE_PX * scale);
  paint.font = `${CAPTION_PX}px ${getComputedStyle(document.body).fontFamily}`;
  for (const { kind, classes, x, row } of rows) {
    const look = lookOf(classes);
    paint.fillStyle = colour(look.colour);
    paint.fill(outline(cornersOf(look.shape), x + 8, row * CAPTION_LINE_PX, 7));
    paint.fillStyle = colour("--ink");
    paint.fillText(kind, x + 20, row * CAPTION_LINE_PX + 4);
  }
  lines.forEach((line, at) => paint.fillText(line, 0, (legend + at) * CAPTION_LINE_PX + 4));
  return new Promise((done) => sheet.toBlob((blob) => done(blob ?? picture), "image/png"));
}

/** Return the classes in rows of a width. */
export function placedKinds({ kinds }: Caption, measured: (words: string) => number, width: number): (Caption["kinds"][number] & { x: number; row: number })[] {
  let [x, row] = [0, 0];
  return kinds.map((one) => {
    const wide = measured(one.kind) + 40;
    if (x > 0 && x + wide > width) [x, row] = [0, row + 1];
    const place = { ...one, x, row };
    x += wide;
    return place;
  });
}

function outline(corners: readonly (readonly [number, number])[], x: number, y: number, size: number): Path2D {
  const path = new Path2D();
  if (!corners.length) path.arc(x, y, size, 0, 2 * Math.PI);
  for (const [across, down] of corners) path.lineTo(x + across * size, y + down * size);
  path.closePath();
  return path;
}
