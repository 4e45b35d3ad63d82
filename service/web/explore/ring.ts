// Where the groups of a thing lie that can still be opened: about it, outside of what is linked to it, over nothing else.
import { type Box, Taken } from "./naming";
import type { Place } from "./placing";

const GAP_PX = 34;
/** So much is left between two boxes. */
const BESIDE_PX = 10;
const RINGS = 12;
const ANGLES = 32;

/** A box that hangs on something, with its size. */
export interface Hung {
  id: string;
  hub: string;
  width: number;
  height: number;
}

/** How large what is written is on the paper, and how far from its hub a box may reach sideways. */
interface Paper {
  scale: number;
  room: number;
}

/**
 * Return a place for each of some boxes.
 *
 * @param hung - the boxes.
 * @param places - of all things.
 * @param beside - the things that are linked to a hub.
 * @param taken - where nothing may lie; the boxes are added to it.
 * @param paper - what they lie on.
 */
export function ringed(hung: readonly Hung[], places: ReadonlyMap<string, Place>, beside: (hub: string) => readonly string[], taken: Taken, paper: Paper): Map<string, Place> {
  const found = new Map<string, Place>();
  const hubs = new Map<string, Hung[]>();
  for (const one of hung) hubs.set(one.hub, [...(hubs.get(one.hub) ?? []), one]);
  for (const [hub, boxes] of hubs) {
    const middle = places.get(hub);
    if (!middle) continue;
    const reach = Math.max(0, ...beside(hub).map((name) => far(middle, places.get(name) ?? middle)));
    boxes.forEach((box, at) => found.set(box.id, freePlace(middle, reach, box, (at + 0.5) / boxes.length, taken, paper)));
  }
  return found;
}

/** Return the free place that is nearest to a direction, on the nearest ring that has one. */
function freePlace(middle: Place, reach: number, { width, height }: Hung, turn: number, taken: Taken, { scale, room }: Paper): Place {
  let first: Place | undefined;
  const widest = Math.max(room - width / 2, reach - width / 2, 0);
  for (let ring = 0; ring < RINGS; ring += 1) {
    for (let step = 0; step < ANGLES; step += 1) {
      const angle = 2 * Math.PI * (turn + (step % 2 ? step + 1 : -step) / 2 / ANGLES);
      const out = reach + GAP_PX * scale * (ring + 1);
      const across = Math.cos(angle) * (out + width / 2);
      const place = {
        x: middle.x + Math.max(-widest, Math.min(widest, across)),
        y: middle.y + Math.sin(angle) * (out + height),
      };
      const box = about(place, width + BESIDE_PX * scale, height + BESIDE_PX * scale);
      if (taken.isFree(box)) {
        taken.take(box);
        return place;
      }
      first ??= place;
    }
  }
  return first ?? middle;
}

/** Return the box of some size about a place. */
export function about({ x, y }: Place, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function far(one: Place, other: Place): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
