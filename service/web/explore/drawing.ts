// The board as an SVG file: names are text of it, never markup.
import { element } from "../svg";
import { CAPTION_LINE_PX, CAPTION_PX, type Caption, placedKinds } from "./caption";
import { colour, cornersOf, lookOf } from "./kinds";
import { FONT_PX, LINE, lined, measure } from "./naming";
import type { Place } from "./placing";
import type { Link, Thing } from "./told";

const SIZE = 11;
const ROOM = 90;
/** Of more links than these none is named: their names would lie over each other. */
const NAMED_LINKS = 60;

export interface Drawn {
  nodes: readonly { thing: Thing; place: Place }[];
  links: readonly { link: Link; from: Place; to: Place }[];
}

/** Return the shape of a thing of some classes about the middle of its drawing. */
export function shapeOf(classes: readonly string[], size: number): SVGElement {
  const look = lookOf(classes);
  const corners = cornersOf(look.shape);
  const fill = colour(look.colour);
  if (!corners.length) return element("circle", { r: size, fill });
  return element("polygon", { points: corners.map(([x, y]) => `${at(x * size)},${at(y * size)}`).join(" "), fill });
}

/** Return the text of an SVG file with everything where it lies, what the shapes mean and who states it. */
export function svgOf({ nodes, links }: Drawn, caption: Caption): string {
  const [xs, ys] = [nodes.map(({ place }) => place.x), nodes.map(({ place }) => place.y)];
  const [left, top] = [Math.min(...xs) - ROOM, Math.min(...ys) - ROOM];
  const width = Math.max(Math.max(...xs) + ROOM - left, 6 * ROOM);
  const below = Math.max(...ys) + ROOM;
  const told = captionOf(caption, left + SIZE, below, width - 2 * SIZE);
  const height = below + told.height - top;
  const drawing = element("svg", { viewBox: [left, top, width, height].map(Math.round).join(" "), width: Math.round(width), height: Math.round(height), "font-family": "sans-serif" });
  const names = new Map(nodes.map(({ thing }) => [thing.name, thing.label]));
  drawing.append(element("desc", {}, `${caption.lines.join(" ")} ${caption.address}`), arrow());
  drawing.append(element("rect", { x: at(left), y: at(top), width: at(width), height: at(height), fill: colour("--paper") }));
  for (const { link, from, to } of links) drawing.append(lineOf(link, from, to, names, links.length <= NAMED_LINKS));
  for (const { thing, place } of nodes) drawing.append(nodeOf(thing, place));
  drawing.append(told.drawing);
  return new XMLSerializer().serializeToString(drawing);
}

function arrow(): SVGElement {
  const head = element("marker", { id: "arrow", viewBox: "0 0 10 10", refX: 10, refY: 5, markerWidth: 7, markerHeight: 7, orient: "auto" });
  head.append(element("path", { d: "M0 0L10 5L0 10z", fill: colour("--quiet") }));
  return element("defs", {}, head);
}

function lineOf(link: Link, from: Place, to: Place, names: ReadonlyMap<string, string>, isNamed: boolean): SVGElement {
  const long = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [stop, quiet] = [Math.max(long - SIZE - 2, 0) / long, colour("--quiet")];
  const [x, y] = [from.x + (to.x - from.x) * stop, from.y + (to.y - from.y) * stop];
  const drawn = element("g", {}, element("title", {}, `${names.get(link.source)} has as ${link.property_label} ${names.get(link.target)}`));
  drawn.append(element("line", { x1: at(from.x), y1: at(from.y), x2: at(x), y2: at(y), stroke: quiet, "marker-end": "url(#arrow)" }));
  if (isNamed) drawn.append(element("text", { x: at((from.x + to.x) / 2), y: at((from.y + to.y) / 2 + 3), "text-anchor": "middle", "font-size": 10, fill: quiet, ...halo() }, link.property_label));
  return drawn;
}

function nodeOf(thing: Thing, place: Place): SVGElement {
  const lines = lined(thing.label, measure()).map((line, row) => element("tspan", { x: 0, y: at(SIZE + 14 + row * FONT_PX * LINE) }, line));
  const name = element("text", { "text-anchor": "middle", "font-size": FONT_PX, fill: colour("--ink"), ...halo(), ...(thing.language ? { lang: thing.language } : {}) }, ...lines);
  return element("g", { transform: `translate(${at(place.x)} ${at(place.y)})` }, shapeOf(thing.classes, SIZE), name, element("title", {}, `${thing.label} (${thing.kind})`));
}

/** Keep letters readable over a line. */
function halo(): Record<string, string | number> {
  return { stroke: colour("--paper"), "stroke-width": 3, "paint-order": "stroke" };
}

function captionOf(caption: Caption, left: number, top: number, width: number): { drawing: SVGElement; height: number } {
  const drawing = element("g", { "font-size": CAPTION_PX, fill: colour("--ink") });
  const measured = measure();
  const kinds = placedKinds(caption, measured, width);
  const y = (row: number): number => top + row * CAPTION_LINE_PX;
  for (const { kind, classes, x, row } of kinds) {
    drawing.append(element("g", { transform: `translate(${at(left + x + 8)} ${at(y(row))})` }, shapeOf(classes, 7)), element("text", { x: at(left + x + 20), y: at(y(row) + 4) }, kind));
  }
  const legend = (kinds.at(-1)?.row ?? 0) + 1;
  const lines = caption.lines.flatMap((words) => lined(words, measured, width, Infinity));
  lines.forEach((line, row) => drawing.append(element("text", { x: at(left), y: at(y(legend + row) + 4) }, line)));
  return { drawing, height: (legend + lines.length + 0.5) * CAPTION_LINE_PX };
}

function at(value: number): string {
  return value.toFixed(1);
}
