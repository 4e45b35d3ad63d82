// A node that is dragged is drawn on a sheet of its own, so that a large board need not be drawn anew for each frame.
// On a large board it also stays where it lay until it is let go, since to hide it would draw all the rest once more.
import type cytoscape from "cytoscape";

const MOVED_PX = 4;
const LARGE = 400;

interface Held {
  node: cytoscape.NodeSingular;
  from: { x: number; y: number };
  ends: { x: number; y: number }[];
  hidden: cytoscape.Collection | undefined;
}

export class Sheet {
  private readonly sheet = document.createElement("canvas");
  private held: Held | undefined;

  /**
   * @param graph - whose nodes are dragged.
   * @param box - where it is drawn.
   * @param moved - told where a node lay, and where it was let go.
   */
  constructor(
    private readonly graph: cytoscape.Core,
    private readonly box: HTMLElement,
    private readonly moved: (name: string, from: { x: number; y: number }, to: { x: number; y: number }) => void,
  ) {
    this.sheet.className = "drag-sheet";
    this.sheet.hidden = true;
    box.append(this.sheet);
    graph.on("tapstart", "node", ({ target, renderedPosition }) => this.take(target as cytoscape.NodeSingular, renderedPosition));
    graph.on("tapdrag", ({ renderedPosition }) => this.drag(renderedPosition));
    graph.on("tapend", ({ position }) => this.drop(position));
  }

  private take(node: cytoscape.NodeSingular, from: { x: number; y: number }): void {
    if (node.hasClass("group")) return;
    this.graph.userPanningEnabled(false);
    this.held = { node, from, ends: [], hidden: undefined };
  }

  private drag(at: { x: number; y: number }): void {
    const held = this.held;
    if (!held) return;
    if (!held.hidden) {
      if (Math.hypot(at.x - held.from.x, at.y - held.from.y) < MOVED_PX) return;
      this.lift(held);
    }
    this.draw(held, at);
  }

  /** Take the node and its links off the board, and onto the sheet. */
  private lift(held: Held): void {
    held.ends = held.node.neighborhood().nodes().map((other) => ({ ...other.renderedPosition() }));
    held.hidden = held.node.union(held.node.connectedEdges());
    if (this.graph.edges().length <= LARGE) held.hidden.style("visibility", "hidden");
    const ratio = window.devicePixelRatio;
    this.sheet.width = this.box.clientWidth * ratio;
    this.sheet.height = this.box.clientHeight * ratio;
    this.sheet.hidden = false;
  }

  private draw(held: Held, at: { x: number; y: number }): void {
    const paint = this.sheet.getContext("2d");
    if (!paint) return;
    paint.setTransform(window.devicePixelRatio, 0, 0, window.devicePixelRatio, 0, 0);
    paint.clearRect(0, 0, this.sheet.width, this.sheet.height);
    paint.strokeStyle = String(held.node.style("color"));
    paint.globalAlpha = 0.5;
    paint.beginPath();
    for (const end of held.ends) {
      paint.moveTo(at.x, at.y);
      paint.lineTo(end.x, end.y);
    }
    paint.stroke();
    paint.globalAlpha = 1;
    paint.fillStyle = String(held.node.style("background-color"));
    paint.beginPath();
    paint.arc(at.x, at.y, Math.max(held.node.renderedWidth() / 2, 3), 0, 2 * Math.PI);
    paint.fill();
    paint.fillStyle = String(held.node.style("color"));
    paint.font = `12px ${String(held.node.style("font-family"))}`;
    paint.textAlign = "center";
    paint.fillText(String(held.node.data("words")), at.x, at.y + held.node.renderedHeight() / 2 + 14);
  }

  private drop(at: { x: number; y: number }): void {
    const held = this.held;
    this.held = undefined;
    this.graph.userPanningEnabled(true);
    if (!held?.hidden) return;
    const from = { ...held.node.position() };
    held.node.position({ ...at });
    held.hidden.removeStyle("visibility");
    this.sheet.hidden = true;
    this.moved(held.node.id(), from, at);
  }
}
