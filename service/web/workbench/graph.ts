// The graph of an answer: its things, and what it says of one by another.
import { make } from "../elements";
import { type Place, placed } from "../explore/placing";
import { element } from "../svg";
import { counted } from "../words";
import type { Answer, Cell, Description, Table } from "./answers";

const MOST_THINGS = 150;
const ROOM = 90;
const RADIUS = 9;

interface Link {
  from: string;
  to: string;
  words: string;
}

/** Return the drawing of an answer, and in words what it leaves out. */
export function graphOf(answer: Answer): HTMLElement {
  const { things, links } = linksOf(answer);
  if (links.length === 0) return make("p", {}, "No thing is linked with another in this answer. CONSTRUCT or DESCRIBE, or show two things in a row.");
  const names = [...things.keys()].slice(0, MOST_THINGS);
  const drawn = new Set(names);
  const kept = links.filter(({ from, to }) => drawn.has(from) && drawn.has(to));
  const places = placed(names, kept.map(({ from, to }) => [from, to] as const), new Map());
  const more = things.size > names.length ? `The first ${names.length} of ${things.size.toLocaleString("en")} things. ` : "";
  const note = `${more}${counted(names.length, "thing")}, ${counted(kept.length, "link")}; numbers and texts are in the other view.`;
  const scroll = make("div", { class: "graph", role: "region", tabindex: 0, "aria-label": "Graph of the answer" });
  scroll.append(drawing(names, things, kept, places));
  return make("figure", { class: "map" }, scroll, make("figcaption", { class: "quiet" }, note));
}

function linksOf({ table, description }: Answer): { things: Map<string, Cell>; links: Link[] } {
  const things = new Map<string, Cell>();
  const links = new Map<string, Link>();
  const link = (from: Cell, to: Cell, words: string): void => {
    if (!isThing(from) || !isThing(to) || keyOf(from) === keyOf(to)) return;
    things.set(keyOf(from), from).set(keyOf(to), to);
    const found = { from: keyOf(from), to: keyOf(to), words: `${from.text}, ${words}: ${to.text}` };
    links.set(JSON.stringify(found), found);
  };
  if (description) stated(description, link);
  if (table) beside(table, link);
  return { things, links: [...links.values()] };
}

type Told = (from: Cell, to: Cell, words: string) => void;

function stated(description: Description, link: Told): void {
  for (const node of description.nodes) {
    for (const { name, values } of node.properties) {
      for (const value of values) link(node.name, value, name.text);
    }
  }
}

/** Link the first thing of each row with the others, by the names of their columns. */
function beside(table: Table, link: Told): void {
  for (const row of table.rows) {
    const first = row.find(isThing);
    row.forEach((cell, place) => first && link(first, cell, table.columns[place] ?? ""));
  }
}

function isThing(cell: Cell): boolean {
  return cell.kind === "iri" && cell.cited.length === 0;
}

function keyOf(cell: Cell): string {
  return cell.entity || cell.href || cell.text;
}

function drawing(names: string[], things: Map<string, Cell>, links: Link[], places: Map<string, Place>): SVGElement {
  const all = [...places.values()];
  const [left, top] = [Math.min(...all.map(({ x }) => x)) - ROOM, Math.min(...all.map(({ y }) => y)) - ROOM];
  const [width, height] = [Math.max(...all.map(({ x }) => x)) + ROOM - left, Math.max(...all.map(({ y }) => y)) + ROOM - top];
  const svg = element("svg", { viewBox: [left, top, width, height].map(Math.round).join(" "), width: Math.round(width), height: Math.round(height) });
  for (const { from, to, words } of links) {
    const [one, other] = [places.get(from), places.get(to)];
    if (one && other) svg.append(element("line", { x1: one.x, y1: one.y, x2: other.x, y2: other.y }, element("title", {}, words)));
  }
  for (const name of names) {
    const [cell, place] = [things.get(name), places.get(name)];
    if (cell && place) svg.append(thing(cell, place));
  }
  return svg;
}

function thing(cell: Cell, { x, y }: Place): SVGElement {
  const label = element("text", { y: RADIUS + 15, "text-anchor": "middle" }, cell.text);
  if (cell.language) label.setAttribute("lang", cell.language);
  const where = { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` };
  const href = cell.page || cell.href;
  const parts = [element("circle", { r: RADIUS }), label];
  return href ? element("a", { ...where, href }, ...parts) : element("g", where, ...parts);
}
