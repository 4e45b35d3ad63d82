// 2,000 nodes as Cytoscape.js draws them, with the options given in the address.
import cytoscape from "cytoscape";
import { COLOURS, drawn, ready } from "./graph.js";

window.draw = (nodes, edges, options) => {
  const { places, lines } = drawn(nodes, edges);
  const box = document.querySelector("#canvas");
  const began = performance.now();
  const graph = cytoscape({
    container: box,
    elements: [
      ...places.map(({ x, y, ...data }) => ({ group: "nodes", data, position: { x, y } })),
      ...lines.map((data) => ({ group: "edges", data })),
    ],
    layout: { name: "preset" },
    style: [
      { selector: "node", style: { width: 16, height: 16, label: "data(label)", "font-size": 10, "min-zoomed-font-size": 8, "background-color": (node) => COLOURS[node.data("kind")] } },
      { selector: "edge", style: { width: 1, "line-color": "#999", "curve-style": "haystack" } },
    ],
    ...options,
  });
  graph.fit(undefined, 30);
  const node = graph.getElementById("n0");
  ready(node.renderedPosition(), began);
};
