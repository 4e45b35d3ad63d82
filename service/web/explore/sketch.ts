// A first picture of a large board: what lies where, while the library makes all of it ready to be worked with.
import { colour, lookOf } from "./kinds";
import type { Place } from "./placing";
import type { Thing } from "./told";

/** How near a board is looked at, and where its middle lies on the screen. */
export interface View {
  zoom: number;
  pan: Place;
}

/** Draw things and links above a box; what is returned is taken away when all is ready. */
export function sketched(box: HTMLElement, things: Iterable<Thing>, pairs: readonly (readonly [string, string])[], places: ReadonlyMap<string, Place>, { zoom, pan }: View, size: number): HTMLElement {
  const sheet = document.createElement("canvas");
  const ratio = window.devicePixelRatio;
  sheet.className = "drag-sheet";
  sheet.width = box.clientWidth * ratio;
  sheet.height = box.clientHeight * ratio;
  box.append(sheet);
  const paint = sheet.getContext("2d");
  if (!paint) return sheet;
  paint.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * pan.x, ratio * pan.y);
  paint.strokeStyle = colour("--line");
  paint.beginPath();
  for (const [one, other] of pairs) {
    const [from, to] = [places.get(one), places.get(other)];
    if (!from || !to) continue;
    paint.moveTo(from.x, from.y);
    paint.lineTo(to.x, to.y);
  }
  paint.stroke();
  const dots = new Map<string, Path2D>();
  for (const { name, classes } of things) {
    const place = places.get(name);
    if (!place) continue;
    const fill = lookOf(classes).colour;
    const path = dots.get(fill) ?? new Path2D();
    path.rect(place.x - size / 2, place.y - size / 2, size, size);
    dots.set(fill, path);
  }
  for (const [fill, path] of dots) {
    paint.fillStyle = colour(fill);
    paint.fill(path);
  }
  return sheet;
}

/** Wait until what was drawn is on the screen; a page that is not looked at does not draw. */
export function onScreen(): Promise<void> {
  if (document.hidden) return Promise.resolve();
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
}
