// The graph that both libraries draw: clusters like a board with big hubs, the same each time.

let seed = 7;
const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;

/** Return nodes with places and names, and edges between them. */
export function drawn(nodes, edges) {
  const hubs = 40;
  const places = Array.from({ length: nodes }, (_, at) => {
    const hub = at % hubs;
    const [angle, reach] = [(hub / hubs) * 2 * Math.PI, at < hubs ? 0 : 60 + 240 * random()];
    const turn = random() * 2 * Math.PI;
    return {
      id: `n${at}`,
      label: `Name of thing ${at}`,
      x: 1400 * Math.cos(angle) + reach * Math.cos(turn),
      y: 1400 * Math.sin(angle) + reach * Math.sin(turn),
      kind: at % 6,
    };
  });
  const lines = Array.from({ length: edges }, (_, at) => {
    const to = hubs + Math.floor(random() * (nodes - hubs));
    const from = random() < 0.6 ? to % hubs : Math.floor(random() * nodes);
    return { id: `e${at}`, source: `n${from}`, target: `n${to}` };
  }).filter((line) => line.source !== line.target);
  return { places, lines };
}

export const COLOURS = ["#0b5a78", "#c9970c", "#a3261b", "#23693c", "#67635b", "#7a3f8f"];

/** Tell the benchmark where a node can be taken, once the first picture was drawn. */
export function ready({ x, y }, began) {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      window.drew = performance.now() - began;
      window.ready = { x, y };
    }),
  );
}
