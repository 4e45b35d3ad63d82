// What stands beside the canvas: the thing that is looked at, what the colours mean, and a card for what is pointed at.
import { make } from "../elements";
import { element } from "../svg";
import { kindsOf } from "./caption";
import { isAllThere } from "./closed";
import { shapeOf } from "./drawing";
import { type Board, wayOf } from "./state";
import type { Link, Source, Thing, Told } from "./told";

interface Deed {
  name: string;
  label?: string;
  go: () => Board;
}

/** What the panel may do with the board. */
export interface Acts {
  place: (name: string) => { x: number; y: number };
  act: (board: Board) => void;
  letGo: (name: string) => void;
}

/** Return a name with its language, so that it is spoken and written the right way. */
export function nameOf(thing: Thing): HTMLElement {
  return make("bdi", thing.language && thing.language !== "en" ? { lang: thing.language } : {}, thing.label);
}

/** Return what is told of the thing that is looked at: its links by groups, and what can be done with it. */
export function panelOf(told: Told, board: Board, { place, act, letGo }: Acts): Node[] {
  const look = told.look;
  if (!look) return [make("p", { class: "quiet" }, "Choose a thing to see what it is linked to.")];
  const { thing, groups } = look;
  const title = make("h3", { id: "looked-at", tabindex: -1 }, thing.page ? make("a", { href: thing.page }, nameOf(thing)) : nameOf(thing));
  const isPinned = board.pins.has(thing.name);
  const deeds: Deed[] = [
    {
      name: isPinned ? "Let go" : "Pin",
      go: () => {
        if (isPinned) letGo(thing.name);
        return board.pin(thing.name, isPinned ? undefined : place(thing.name));
      },
    },
    { name: "Take away", go: () => board.take(thing.name) },
  ];
  const opened = new Map(told.opened.filter((one) => one.thing === thing.name).map((one) => [wayOf(one.thing, one), one]));
  // What is opened can be closed even if the filters leave nothing of it to count.
  const counted = new Set(groups.map((group) => wayOf(thing.name, group)));
  const hidden = [...opened].filter(([way]) => !counted.has(way)).map(([, one]) => one);
  const list = [...groups, ...hidden].map((group) => {
    const way = wayOf(thing.name, group);
    const there = opened.get(way);
    const does: Deed[] = [];
    if (there) {
      if (there.pages > there.pages_open) does.push({ name: "More", label: `More of ${group.words}`, go: () => board.open(way, there.pages_open + 1) });
      does.push({ name: "Close", label: `Close ${group.words}`, go: () => board.open(way, 0) });
    } else if (isAllThere(told, thing.name, group)) return make("li", {}, group.words, " ", make("span", { class: "quiet" }, "on the board"));
    else does.push({ name: "Open", label: `Open ${group.words}`, go: () => board.open(way) });
    return make("li", {}, group.words, " ", ...does.map((deed) => button(deed, act)));
  });
  return [title, make("p", { class: "quiet" }, thing.kind), make("p", {}, ...deeds.map((deed) => button(deed, act))), list.length ? make("ul", { class: "links" }, ...list) : make("p", {}, "It has no links here.")];
}

function button(deed: Deed, act: (board: Board) => void): HTMLButtonElement {
  const made = make("button", { type: "button", class: "small", ...(deed.label ? { "aria-label": deed.label } : {}) }, deed.name);
  made.addEventListener("click", () => act(deed.go()));
  return made;
}

/** Return which shape and colour stands for which class on this board. */
export function legendOf(told: Told): Node[] {
  return kindsOf(told).map(({ kind, classes }) => {
    const picture = element("svg", { viewBox: "-12 -12 24 24", width: 18, height: 18, "aria-hidden": "true" }, shapeOf(classes, 9));
    return make("li", {}, picture, kind);
  });
}

/** Return what is told of a thing that is pointed at, with who states its links here. */
export function cardOf(thing: Thing, told: Told): Node[] {
  const links = told.links.filter((link) => link.source === thing.name || link.target === thing.name);
  const by = new Set(links.flatMap((link) => link.sources));
  const said = make("p", { class: "quiet" }, `${links.length} ${links.length === 1 ? "link" : "links"} here`);
  return [make("p", {}, make("b", {}, nameOf(thing)), ` ${thing.kind}`), said, ...statedBy([...by], told.sources)];
}

/** Return what is told of a link that is pointed at. */
export function linkCardOf(link: Link, told: Told): Node[] {
  const named = new Map(told.things.map((thing) => [thing.name, thing]));
  const [from, to] = [named.get(link.source), named.get(link.target)];
  if (!from || !to) return [];
  return [make("p", {}, nameOf(from), ` has as ${link.property_label} `, nameOf(to)), ...statedBy(link.sources, told.sources)];
}

function statedBy(numbers: readonly number[], sources: readonly Source[]): Node[] {
  const titles = numbers.flatMap((number) => sources[number]?.title ?? []);
  return titles.length ? [make("p", { class: "quiet" }, "Stated by"), make("ul", {}, ...titles.map((title) => make("li", {}, title)))] : [];
}
