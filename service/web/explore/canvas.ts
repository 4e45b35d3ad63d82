// The board drawn with Cytoscape.js: things, links, and groups that are not opened yet.
import cytoscape from "cytoscape";
import { Sheet } from "./dragging";
import { type Look, colour, lookOf } from "./kinds";
import { type Place, placed } from "./placing";
import { type Board, wayOf } from "./state";
import type { Group, Link, Thing, Told } from "./told";

/** Of more links than these none has an arrow or is named, so that the board still follows the hand. */
const MANY_LINKS = 400;
const NAMED_LINKS = 60;
const FONT_PX = 12;
/** So many characters of a name are drawn; all of it is told where it is pointed at. */
const LONGEST = 70;

export interface Wishes {
  look(name: string): void;
  open(way: string, pages: number): void;
  move(name: string, place: Place): void;
  showThing(thing: Thing, at: Place): void;
  showLink(link: Link, at: Place): void;
  hide(): void;
}

/** A group of links that can be opened, or opened further. */
interface Closed {
  id: string;
  thing: string;
  way: string;
  pages: number;
  words: string;
}

export class Canvas {
  private readonly graph: cytoscape.Core;
  private things = new Map<string, Thing>();
  private links = new Map<string, Link>();
  private closed = new Map<string, Closed>();
  /** Where things lay before they were dragged, to go back there. */
  private readonly before = new Map<string, Place>();

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
    this.dress();
    this.listen();
    new Sheet(this.graph, box, (name, from, to) => {
      if (!this.before.has(name)) this.before.set(name, from);
      wishes.move(name, to);
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.dress());
    // For the tests and the benchmark of the drawing, which have no other way to know where a thing lies.
    Object.assign(box, { graph: this.graph });
  }

  /** Draw a board; what was drawn before stays where it was. */
  draw(told: Told, board: Board, onPath: ReadonlySet<string>): void {
    // What stands above may have moved the canvas, which Cytoscape.js does not see: clicks would go astray.
    this.graph.resize();
    const isFirst = this.things.size === 0;
    this.things = new Map(told.things.map((thing) => [thing.name, thing]));
    this.links = new Map(told.links.map((link) => [idOf(link), link]));
    this.closed = new Map(closedOf(told, board).map((one) => [one.id, one]));
    const nodes = [...this.things.keys(), ...this.closed.keys()];
    const pairs = [
      ...told.links.map((link) => [link.source, link.target] as const),
      ...[...this.closed.values()].map((one) => [one.thing, one.id] as const),
    ];
    const places = placed(nodes, pairs, new Map([...this.kept(), ...board.pins]));
    this.graph.batch(() => this.renew(places, board, onPath));
    if (isFirst) this.fit();
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
        node.toggleClass("pinned", Boolean(place));
      }
    });
  }

  /** Leave a thing where it lies when it is let go. */
  forget(name: string): void {
    this.before.delete(name);
  }

  fit(): void {
    this.graph.fit(undefined, 40);
    if (this.graph.zoom() > 1.2) {
      this.graph.zoom(1.2);
      this.graph.center();
    }
  }

  zoom(by: number): void {
    const [width, height] = [this.graph.width() / 2, this.graph.height() / 2];
    this.graph.zoom({ level: this.graph.zoom() * by, renderedPosition: { x: width, y: height } });
  }

  /** The whole board as a picture. */
  async png(): Promise<Blob> {
    return this.graph.png({ output: "blob-promise", full: true, scale: 2, maxWidth: 8_000, maxHeight: 8_000, bg: colour("--paper") });
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

  /** Cytoscape.js measures a label after it has decided whether there is anything to draw. */
  private widthOf(words: string): number {
    const paint = document.createElement("canvas").getContext("2d");
    if (!paint) return 150;
    paint.font = `${FONT_PX}px ${getComputedStyle(document.body).fontFamily}`;
    return Math.min(paint.measureText(words).width, 260) + 16;
  }

  private kept(): Map<string, Place> {
    return new Map(this.graph.nodes().map((node) => [node.id(), { ...node.position() }]));
  }

  private renew(places: ReadonlyMap<string, Place>, board: Board, onPath: ReadonlySet<string>): void {
    const isLarge = this.links.size > MANY_LINKS;
    const wanted = new Map<string, cytoscape.ElementDefinition>();
    for (const thing of this.things.values()) wanted.set(thing.name, nodeOf(thing));
    for (const one of this.closed.values()) {
      wanted.set(one.id, { data: { id: one.id, label: one.words, width: this.widthOf(one.words) }, classes: "group" });
      wanted.set(`to ${one.id}`, { data: { id: `to ${one.id}`, source: one.thing, target: one.id }, classes: "group" });
    }
    for (const [id, link] of this.links) {
      wanted.set(id, { data: { id, source: link.source, target: link.target, label: link.property_label } });
    }
    this.graph.elements().filter((element) => !wanted.has(element.id())).remove();
    const missing = [...wanted].filter(([id]) => this.graph.getElementById(id).empty());
    this.graph.add(missing.map(([, element]) => element));
    for (const [id, place] of places) this.graph.getElementById(id).position({ ...place });
    for (const [id, element] of wanted) this.graph.getElementById(id).data(element.data);
    this.graph.edges().toggleClass("plain", isLarge).toggleClass("named", this.links.size <= NAMED_LINKS);
    for (const node of this.graph.nodes()) {
      node.toggleClass("looked", node.id() === board.one("look"));
      node.toggleClass("pinned", board.pins.has(node.id()));
    }
    this.graph.elements().forEach((element) => {
      const { source, target } = element.data() as { source?: string; target?: string };
      element.toggleClass("path", source && target ? onPath.has(`${source} ${target}`) : onPath.has(element.id()));
    });
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
    graph.on("viewport", () => wishes.hide());
  }

  /** Give everything the colours of the page. */
  private dress(): void {
    const [ink, paper, line, quiet, mark, link] = ["--ink", "--paper", "--line", "--quiet", "--gold", "--link"].map(colour) as [string, string, string, string, string, string];
    const font = getComputedStyle(document.body).fontFamily;
    this.graph.style([
      {
        selector: "node",
        style: {
          width: 22, height: 22, label: "data(label)", color: ink, "font-family": font, "font-size": FONT_PX,
          "text-valign": "bottom", "text-margin-y": 4, "text-wrap": "wrap", "text-max-width": "150px", "min-zoomed-font-size": 7,
          "background-color": (node: cytoscape.NodeSingular) => colour((node.data("look") as Look | undefined)?.colour ?? "--other"),
          shape: (node: cytoscape.NodeSingular) => (node.data("look") as Look | undefined)?.shape ?? "ellipse",
        },
      },
      {
        selector: "node.group",
        style: { shape: "round-rectangle", width: "data(width)", height: 24, "background-color": paper, "border-width": 1, "border-color": quiet, "border-style": "dashed", "text-valign": "center", "text-margin-y": 0, "text-max-width": "260px" },
      },
      { selector: "node.pinned", style: { "border-width": 2, "border-color": ink } },
      { selector: "node.path", style: { "border-width": 4, "border-color": mark } },
      { selector: "node.looked", style: { "border-width": 4, "border-color": link } },
      {
        selector: "edge",
        style: { width: 1.5, "line-color": quiet, "curve-style": "bezier", "target-arrow-shape": "triangle", "target-arrow-color": quiet, "arrow-scale": 0.9, "font-family": font, "font-size": 10, color: quiet, "text-background-color": paper, "text-background-opacity": 1, "text-background-padding": "1px", "min-zoomed-font-size": 8 },
      },
      { selector: "edge.named", style: { label: "data(label)" } },
      { selector: "edge.plain", style: { "curve-style": "haystack", width: 1, "line-color": line } },
      { selector: "edge.group", style: { "line-style": "dashed", "target-arrow-shape": "none", label: "" } },
      { selector: "edge.path", style: { width: 3, "line-color": mark, "target-arrow-color": mark } },
    ] as unknown as cytoscape.StylesheetJson);
  }
}

function idOf(link: Link): string {
  return `${link.source} ${link.property} ${link.target}`;
}

function nodeOf(thing: Thing): cytoscape.ElementDefinition {
  const label = thing.label.length > LONGEST ? `${thing.label.slice(0, LONGEST)}…` : thing.label;
  return { data: { id: thing.name, label, look: lookOf(thing.classes) } };
}

/** Return the groups of the thing that is looked at which are closed, and those that have more pages. */
function closedOf(told: Told, board: Board): Closed[] {
  const opened = new Map(told.opened.map((one) => [wayOf(one.thing, one), one]));
  const found: Closed[] = [];
  const looked = told.look?.thing.name ?? "";
  const isThere = told.things.some((thing) => thing.name === looked);
  for (const group of isThere ? (told.look?.groups ?? []) : []) {
    const way = wayOf(looked, group);
    if (!opened.has(way) && !isAllThere(told, looked, group)) found.push(closed(looked, way, 1, group.words));
  }
  for (const [way, one] of opened) {
    const left = one.size - one.members.length;
    if (one.pages > one.pages_open && left > 0 && !board.all("class").length) {
      found.push(closed(one.thing, way, one.pages_open + 1, `${left.toLocaleString("en")} more: ${one.words}`));
    }
  }
  return found;
}

/** Tell whether everything in a group is on the board already, by whatever way it came there. */
function isAllThere(told: Told, thing: string, group: Group): boolean {
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
