// The board as an SVG file: names are text of it, never markup.
import { element } from "../svg";
import { colour, cornersOf, lookOf } from "./kinds";
import type { Place } from "./placing";
import type { Link, Thing } from "./told";

const SIZE = 11;
const ROOM = 90;

/** Return the shape of a thing of some classes about the middle of its drawing. */
export function shapeOf(classes: readonly string[], size: number): SVGElement {
  const look = lookOf(classes);
  const corners = cornersOf(look.shape);
  const fill = colour(look.colour);
  if (!corners.length) return element("circle", { r: size, fill });
  return element("polygon", { points: corners.map(([x, y]) => `${(x * size).toFixed(1)},${(y * size).toFixed(1)}`).join(" "), fill });
}

/** Return the text of an SVG file with everything where it lies. */
export function svgOf(nodes: readonly { thing: Thing; place: Place }[], links: readonly { link: Link; from: Place; to: Place }[]): string {
  const [xs, ys] = [nodes.map(({ place }) => place.x), nodes.map(({ place }) => place.y)];
  const [left, top] = [Math.min(...xs) - ROOM, Math.min(...ys) - ROOM];
  const [width, height] = [Math.max(...xs) + ROOM - left, Math.max(...ys) + ROOM - top];
  const [ink, quiet, paper] = [colour("--ink"), colour("--quiet"), colour("--paper")];
  const drawing = element("svg", { viewBox: [left, top, width, height].map(Math.round).join(" "), width: Math.round(width), height: Math.round(height), "font-family": "sans-serif" });
  drawing.append(element("rect", { x: left, y: top, width, height, fill: paper }));
  for (const { link, from, to } of links) {
    const line = element("line", { x1: at(from.x), y1: at(from.y), x2: at(to.x), y2: at(to.y), stroke: quiet });
    line.append(element("title", {}, `${link.property_label}: ${link.source} → ${link.target}`));
    drawing.append(line);
  }
  for (const { thing, place } of nodes) {
    const name = element("text", { y: SIZE + 14, "text-anchor": "middle", "font-size": 12, fill: ink }, thing.label);
    if (thing.language) name.setAttribute("lang", thing.language);
    drawing.append(element("g", { transform: `translate(${at(place.x)} ${at(place.y)})` }, shapeOf(thing.classes, SIZE), name, element("title", {}, `${thing.label} (${thing.kind})`)));
  }
  return new XMLSerializer().serializeToString(drawing);
}

function at(value: number): string {
  return value.toFixed(1);
}
