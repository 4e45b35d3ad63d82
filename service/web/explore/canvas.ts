// The board drawn with Cytoscape.js: things, links, and groups that are not opened yet.
import cytoscape from "cytoscape";
import { type Closed, closedOf } from "./closed";
import { Sheet } from "./dragging";
import { SIZE, dress } from "./dress";
import { colour, lookOf } from "./kinds";
import { type Box, FONT_PX, LINE, Taken, type Wanted, lined, measure, namesWithRoom } from "./naming";
import { type Place, placed } from "./placing";
import { about, ringed } from "./ring";
import { type View, onScreen, sketched } from "./sketch";
import type { Board } from "./state";
import type { Link, Thing, Told } from "./told";

/** Of more links than these none has an arrow or is named, so that the board still follows the hand. */
const MANY_LINKS = 400;
const NAMED_LINKS = 60;
/** Of more things than these a name may lie over another thing, since there is no room beside them. */
const MANY_THINGS = 300;
const LINK_FONT_PX = 10;
/** So many links of one kind are named about one thing. */
const NAMED_ALIKE = 3;
const UNNAMED = { label: "", font: FONT_PX };
const GROUP_PX = 260;
const GROUP_ROOM_PX = 16;
/** The view is moved so long before names are chosen anew. */
const SETTLED_MS = 120;
const MARGIN_PX = 54;
const NEAREST = 1.2;
const TURNS = 3;
/** So many points of a picture that is saved are one of the board, if that is not too large. */
export const PICTURE_SCALE = 2;

export interface Wishes {
  look(name: string): void;
  open(way: string, pages: number): void;
  move(name: string, place: Place): void;
  showThing(thing: Thing, at: Place): void;
  showLink(link: Link, at: Place): void;
  hide(): void;
}

export class Canvas {
  private readonly graph: cytoscape.Core;
  private things = new Map<string, Thing>();
  private links = new Map<string, Link>();
  private closed = new Map<string, Closed>();
  /** Where things lay before they were dragged, to go back there. */
  private readonly before = new Map<string, Place>();
  /** Things in the order in which they are named, as far as there is room. */
  private ranked: string[] = [];
  private looked = "";
  private drawn: Told | undefined;
  private naming = 0;

  constructor(
    readonly box: HTMLElement,
    private readonly wishes: Wishes,
  ) {
    this.graph = cytoscape({
      container: box,
      autoungrabify: true,
      boxSelectionEnabled: false,
      textureOnViewport: true,
      selectionType: "single",
      minZoom: 0.05,
      maxZoom: 3,
      layout: { name: "preset" },
    });
    this.graph.style(dress());
    this.listen();
    new Sheet(this.graph, box, (name, from, to) => {
      if (!this.before.has(name)) this.before.set(name, from);
      wishes.move(name, to);
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.graph.style(dress()));
    // For the tests and the benchmark of the drawing, which have no other way to know where a thing lies.
    Object.assign(box, { graph: this.graph });
  }

  /** Draw a board; what was drawn before stays where it was. */
  async draw(told: Told, board: Board, onPath: ReadonlySet<string>): Promise<void> {
    // What stands above may have moved the canvas, which Cytoscape.js does not see: clicks would go astray.
    this.graph.resize();
    const isFirst = this.things.size === 0;
    this.drawn = told;
    this.things = new Map(told.things.map((thing) => [thing.name, thing]));
    this.links = new Map(told.links.map((link) => [idOf(link), link]));
    this.closed = new Map(closedOf(told, board).map((one) => [one.id, one]));
    // The address may name it otherwise: by its whole address, or by one that it had before.
    this.looked = told.look?.thing.name ?? "";
    this.ranked = ranked(told, this.looked, onPath);
    const pairs = told.links.map((link) => [link.source, link.target] as const);
    const places = placed([...this.things.keys()], pairs, new Map([...this.kept(), ...board.pins]));
    if (isFirst && this.things.size > MANY_THINGS) {
      const sketch = sketched(this.box, told.things, pairs, places, this.viewOf(boundsOf(places)), SIZE);
      await onScreen();
      this.graph.one("render", () => sketch.remove());
      // Another board was drawn meanwhile.
      if (this.drawn !== told) return sketch.remove();
    }
    this.graph.batch(() => this.renew(places, board, onPath));
    this.hang();
    if (isFirst || !this.isInView()) this.fit();
    else this.name();
  }

  /** Hold what is pinned where it is, and put what is no more back where it lay before it was dragged. */
  hold(board: Board): void {
    const { pins } = board;
    this.graph.batch(() => {
      for (const node of this.graph.nodes()) {
        const place = pins.get(node.id());
        const before = this.before.get(node.id());
        if (place) node.position({ ...place });
        else if (before) {
          node.position({ ...before });
          this.before.delete(node.id());
        }
      }
      this.mark("pinned", new Set(pins.keys()));
    });
    this.hang();
    this.name();
  }

  /** Leave a thing where it lies when it is let go. */
  forget(name: string): void {
    this.before.delete(name);
  }

  /** Show all of it. */
  fit(): void {
    this.bring();
    // The groups keep their size on the screen, so how far they reach depends on how near it is.
    for (let turn = 0; this.closed.size && turn < TURNS; turn += 1) {
      this.hang();
      this.bring();
    }
    this.name();
  }

  private bring(): void {
    const bounds = this.graph.nodes().boundingBox({ includeLabels: false });
    if (bounds.w > 0 && this.graph.width() > 0) this.graph.viewport(this.viewOf(bounds));
  }

  /** Return from where all within some bounds is seen. */
  private viewOf({ x1, y1, w, h }: { x1: number; y1: number; w: number; h: number }): View {
    const [width, height] = [this.graph.width(), this.graph.height()];
    const margin = Math.min(MARGIN_PX, width / 12);
    const zoom = Math.max(this.graph.minZoom(), Math.min(NEAREST, (width - 2 * margin) / w, (height - 2 * MARGIN_PX) / h));
    return { zoom, pan: { x: width / 2 - zoom * (x1 + w / 2), y: height / 2 - zoom * (y1 + h / 2) } };
  }

  zoom(by: number): void {
    const [width, height] = [this.graph.width() / 2, this.graph.height() / 2];
    this.graph.zoom({ level: this.graph.zoom() * by, renderedPosition: { x: width, y: height } });
  }

  /** The whole board as a picture, with all names that have room. */
  async png(): Promise<Blob> {
    this.nameAt(1);
    try {
      // A name is measured when it is drawn, and a picture is made of what was measured.
      await new Promise((drawn) => {
        this.graph.one("render", drawn);
        this.graph.forceRender();
      });
      return await this.graph.png({ output: "blob-promise", full: true, scale: PICTURE_SCALE, maxWidth: 8_000, maxHeight: 8_000, bg: colour("--paper") });
    } finally {
      this.name();
    }
  }

  /** Where everything lies, for a drawing of it. */
  laid(): { nodes: { thing: Thing; place: Place }[]; links: { link: Link; from: Place; to: Place }[] } {
    const at = (name: string): Place => this.graph.getElementById(name).position();
    return {
      nodes: [...this.things.values()].map((thing) => ({ thing, place: at(thing.name) })),
      links: [...this.links.values()].map((link) => ({ link, from: at(link.source), to: at(link.target) })),
    };
  }

  place(name: string): Place {
    return { ...this.graph.getElementById(name).position() };
  }

  private kept(): Map<string, Place> {
    return new Map([...this.graph.nodes()].filter((node) => !node.hasClass("group")).map((node) => [node.id(), { ...node.position() }]));
  }

  private isInView(): boolean {
    const [all, seen] = [this.graph.nodes().boundingBox({ includeLabels: false }), this.graph.extent()];
    return all.x1 >= seen.x1 && all.x2 <= seen.x2 && all.y1 >= seen.y1 && all.y2 <= seen.y2;
  }

  /** By how much what is written is larger than the paper, so that it can be read from afar. */
  private get scale(): number {
    return Math.max(1, 1 / this.graph.zoom());
  }

  /** Put each group that can be opened where it lies over nothing. */
  private hang(): void {
    const { scale } = this;
    const width = measure();
    const taken = new Taken();
    const places = new Map([...this.things.keys()].map((name) => [name, this.place(name)]));
    if (places.size <= MANY_THINGS) {
      for (const { x, y } of places.values()) taken.take(about({ x, y: y + FONT_PX * scale }, 5 * FONT_PX * scale, SIZE + 2 * FONT_PX * scale));
    }
    const hung = [...this.closed.values()].map(({ id, thing, words }) => {
      const lines = lined(words, width, Math.min(GROUP_PX, this.graph.width() - MARGIN_PX));
      this.graph.getElementById(id).data({ lines, across: Math.max(...lines.map(width)) + GROUP_ROOM_PX, down: (lines.length * FONT_PX + FONT_PX) * LINE });
      const size = this.sizeOf(id, scale);
      this.graph.getElementById(id).data(size);
      return { id, hub: thing, ...size };
    });
    const beside = (hub: string): string[] => this.graph.getElementById(hub).neighborhood().nodes().not(".group").map((node) => node.id());
    for (const [id, place] of ringed(hung, places, beside, taken, { scale, room: (this.graph.width() / 2 - GROUP_ROOM_PX) * scale })) this.graph.getElementById(id).position({ ...place });
  }

  private sizeOf(group: string, scale: number): { width: number; height: number } {
    const { across, down } = this.graph.getElementById(group).data() as { across: number; down: number };
    return { width: across * scale, height: down * scale };
  }

  private name(): void {
    clearTimeout(this.naming);
    this.nameAt(this.scale, this.graph.extent());
  }

  /** Write the names that have room at some scale, in a part of the board or on all of it. */
  private nameAt(scale: number, seen?: { x1: number; x2: number; y1: number; y2: number }): void {
    const taken = new Taken();
    const isSeen = ({ x, y }: Place): boolean => !seen || (x >= seen.x1 && x <= seen.x2 && y >= seen.y1 && y <= seen.y2);
    const boxed = ({ x, y }: Place, width: number, height: number): Box => about({ x: x / scale, y: y / scale }, width / scale, height / scale);
    for (const id of this.closed.keys()) {
      const { width, height } = this.sizeOf(id, scale);
      taken.take(boxed(this.place(id), width, height));
    }
    const wanted: Wanted[] = [];
    for (const id of this.ranked) {
      const place = this.place(id);
      if (!isSeen(place)) continue;
      if (this.things.size <= MANY_THINGS) taken.take(boxed(place, SIZE, SIZE));
      wanted.push({ id, words: this.things.get(id)?.label ?? "", x: place.x / scale, y: (place.y + SIZE / 2) / scale + 4 });
    }
    const sure = this.ranked[0] === this.looked ? 1 : 0;
    const found = namesWithRoom([...wanted, ...this.linksWanted(scale)], taken, sure);
    this.graph.batch(() => {
      for (const id of [...this.things.keys(), ...this.links.keys()]) write(this.graph.getElementById(id), found.get(id) ?? [], (this.links.has(id) ? LINK_FONT_PX : FONT_PX) * scale);
      for (const id of this.closed.keys()) {
        const box = this.graph.getElementById(id);
        box.data(this.sizeOf(id, scale));
        write(box, box.data("lines") as string[], FONT_PX * scale);
      }
    });
  }

  private linksWanted(scale: number): Wanted[] {
    if (this.links.size > NAMED_LINKS) return [];
    const alike = new Map<string, number>();
    const isNew = ({ source, property, target }: Link): boolean =>
      [`${property} ${source}`, `${property} ${target}`].every((key) => {
        alike.set(key, (alike.get(key) ?? 0) + 1);
        return (alike.get(key) ?? 0) <= NAMED_ALIKE;
      });
    return [...this.links].filter(([, link]) => isNew(link)).map(([id, link]) => {
      const [from, to] = [this.place(link.source), this.place(link.target)];
      return { id, words: link.property_label, x: (from.x + to.x) / 2 / scale, y: (from.y + to.y) / 2 / scale, isMiddle: true };
    });
  }

  private renew(places: ReadonlyMap<string, Place>, board: Board, onPath: ReadonlySet<string>): void {
    const classes = this.links.size > MANY_LINKS ? "plain" : "";
    const wanted = new Map<string, cytoscape.ElementDefinition>();
    for (const thing of this.things.values()) wanted.set(thing.name, nodeOf(thing));
    for (const one of this.closed.values()) {
      wanted.set(one.id, { data: { id: one.id, ...UNNAMED, width: SIZE, height: SIZE }, classes: "group" });
      wanted.set(`to ${one.id}`, { data: { id: `to ${one.id}`, ...UNNAMED, source: one.thing, target: one.id }, classes: "group" });
    }
    for (const [id, link] of this.links) {
      wanted.set(id, { data: { id, ...UNNAMED, source: link.source, target: link.target }, classes });
    }
    this.graph.elements().filter((element) => !wanted.has(element.id())).remove();
    for (const element of this.graph.nodes().not(".group")) element.data("words", this.things.get(element.id())?.label);
    this.graph.edges().not(".group").toggleClass("plain", Boolean(classes));
    const missing = [...wanted].filter(([id]) => this.graph.getElementById(id).empty());
    for (const [id, place] of places) this.graph.getElementById(id).position({ ...place });
    // To set a place later would take as long as to add a thing.
    this.graph.add(missing.map(([id, element]) => ({ ...element, ...(places.has(id) ? { position: { ...places.get(id)! } } : {}) })));
    this.mark("looked", new Set([this.looked]));
    this.mark("pinned", new Set(board.pins.keys()));
    this.mark("path", new Set([...onPath, ...[...this.links].filter(([, { source, target }]) => onPath.has(`${source} ${target}`)).map(([id]) => id)]));
  }

  /** Give a class to these things and links, and to no other. */
  private mark(name: string, those: ReadonlySet<string>): void {
    this.graph.elements(`.${name}`).filter((element) => !those.has(element.id())).removeClass(name);
    for (const id of those) this.graph.getElementById(id).addClass(name);
  }

  private listen(): void {
    const { graph, wishes } = this;
    graph.on("tap", "node", ({ target }) => {
      const id = (target as cytoscape.NodeSingular).id();
      const group = this.closed.get(id);
      if (group) wishes.open(group.way, group.pages);
      else wishes.look(id);
    });
    graph.on("mouseover", "node", ({ target, renderedPosition }) => {
      const thing = this.things.get((target as cytoscape.NodeSingular).id());
      this.box.classList.add("over");
      if (thing) wishes.showThing(thing, renderedPosition);
    });
    graph.on("mouseover", "edge", ({ target, renderedPosition }) => {
      const link = this.links.get((target as cytoscape.EdgeSingular).id());
      if (link) wishes.showLink(link, renderedPosition);
    });
    graph.on("mouseout", "node, edge", () => {
      this.box.classList.remove("over");
      wishes.hide();
    });
    graph.on("viewport", () => {
      wishes.hide();
      clearTimeout(this.naming);
      this.naming = window.setTimeout(() => this.name(), SETTLED_MS);
    });
  }
}

function idOf(link: Link): string {
  return `${link.source} ${link.property} ${link.target}`;
}

function boundsOf(places: ReadonlyMap<string, Place>): { x1: number; y1: number; w: number; h: number } {
  const [xs, ys] = [[...places.values()].map(({ x }) => x), [...places.values()].map(({ y }) => y)];
  const [x1, y1] = [Math.min(...xs) - SIZE / 2, Math.min(...ys) - SIZE / 2];
  return { x1, y1, w: Math.max(...xs) + SIZE / 2 - x1, h: Math.max(...ys) + SIZE / 2 - y1 };
}

function nodeOf(thing: Thing): cytoscape.ElementDefinition {
  return { data: { id: thing.name, ...UNNAMED, words: thing.label, look: lookOf(thing.classes) } };
}

/** Return things in the order in which they are named: what is looked at, what a path leads over, what has most links. */
function ranked(told: Told, looked: string, onPath: ReadonlySet<string>): string[] {
  const links = new Map<string, number>();
  for (const { source, target } of told.links) for (const name of [source, target]) links.set(name, (links.get(name) ?? 0) + 1);
  const first = (name: string): number => (name === looked ? 2 : onPath.has(name) ? 1 : 0);
  const names = told.things.map((thing) => thing.name);
  return names.sort((one, other) => first(other) - first(one) || (links.get(other) ?? 0) - (links.get(one) ?? 0));
}

/** Write lines below a thing, in a group or beside a link; none for no name. */
function write(element: cytoscape.CollectionReturnValue, lines: readonly string[], font: number): void {
  const label = lines.join("\n");
  if (element.data("label") !== label || (label && element.data("font") !== font)) element.data({ label, font });
}
