// The groups of links that can be opened, or opened further: those of the thing that is looked at, and what has more pages.
import { type Board, wayOf } from "./state";
import type { Group, Told } from "./told";

/** A group of links that can be opened, or opened further. */
export interface Closed {
  id: string;
  thing: string;
  way: string;
  pages: number;
  words: string;
}

export function closedOf(told: Told, board: Board): Closed[] {
  const opened = new Map(told.opened.map((one) => [wayOf(one.thing, one), one]));
  const found: Closed[] = [];
  const looked = told.look?.thing.name ?? "";
  const isThere = told.things.some((thing) => thing.name === looked);
  for (const group of isThere ? (told.look?.groups ?? []) : []) {
    const way = wayOf(looked, group);
    if (!opened.has(way) && !isAllThere(told, looked, group)) found.push(closed(looked, way, 1, group.words));
  }
  const drawn = new Set(told.things.map((thing) => thing.name));
  for (const [way, one] of opened) {
    const left = one.size - one.members.length;
    if (one.pages > one.pages_open && left > 0 && drawn.has(one.thing) && !board.all("class").length) {
      found.push(closed(one.thing, way, one.pages_open + 1, `${left.toLocaleString("en")} more of ${one.words}`));
    }
  }
  return found;
}

/** Tell whether everything in a group is on the board already, by whatever way it came there. */
export function isAllThere(told: Told, thing: string, group: Group): boolean {
  const [here, there] = group.direction === "out" ? (["source", "target"] as const) : (["target", "source"] as const);
  const found = told.links.filter((link) => {
    if (link.property !== group.property || link[here] !== thing) return false;
    return group.class === "-" || told.things.some((one) => one.name === link[there] && one.classes.includes(group.class));
  });
  return found.length >= group.size;
}

function closed(thing: string, way: string, pages: number, words: string): Closed {
  return { id: `group ${way}`, thing, way, pages, words };
}
