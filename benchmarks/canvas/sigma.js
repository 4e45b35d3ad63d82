// The same graph as Sigma draws it with WebGL, a node dragged as its examples do.
import Graph from "graphology";
import Sigma from "sigma";
import { COLOURS, drawn, ready } from "./graph.js";

window.draw = (nodes, edges) => {
  const { places, lines } = drawn(nodes, edges);
  const began = performance.now();
  const graph = new Graph({ multi: true });
  for (const { id, x, y, label, kind } of places) graph.addNode(id, { x, y: -y, label, size: 4, color: COLOURS[kind] });
  for (const { id, source, target } of lines) graph.addEdgeWithKey(id, source, target, { size: 1, color: "#999" });
  const view = new Sigma(graph, document.querySelector("#canvas"));
  let held;
  view.on("downNode", ({ node }) => {
    held = node;
    if (!view.getCustomBBox()) view.setCustomBBox(view.getBBox());
  });
  const move = (event) => {
    if (!held) return;
    const { x, y } = view.viewportToGraph(event);
    graph.mergeNodeAttributes(held, { x, y });
    event.preventSigmaDefault?.();
  };
  view.on("moveBody", ({ event }) => move(event));
  view.on("upNode", () => (held = undefined));
  const { x, y } = graph.getNodeAttributes("n0");
  ready(view.graphToViewport({ x, y }), began);
};
