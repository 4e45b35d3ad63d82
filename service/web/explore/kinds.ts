// How the classes of things look: a colour and a shape each, so that colour alone never tells.

export interface Look {
  colour: string;
  shape: "ellipse" | "round-rectangle" | "hexagon" | "diamond" | "triangle" | "star" | "pentagon" | "rectangle" | "octagon" | "vee";
}

const LOOKS: Record<string, Look> = {
  "mg:Person": { colour: "--person", shape: "ellipse" },
  "mg:Nation": { colour: "--nation", shape: "round-rectangle" },
  "mg:Games": { colour: "--games", shape: "hexagon" },
  "mg:Event": { colour: "--event", shape: "diamond" },
  "mg:Entry": { colour: "--entry", shape: "triangle" },
  "mg:Award": { colour: "--games", shape: "star" },
  "mg:Sport": { colour: "--sport", shape: "pentagon" },
  "mg:Participation": { colour: "--part", shape: "vee" },
  "mg:Place": { colour: "--sport", shape: "rectangle" },
};
const OTHER: Look = { colour: "--other", shape: "octagon" };

/** Return how something of these classes looks. */
export function lookOf(classes: readonly string[]): Look {
  for (const name of classes) {
    const look = LOOKS[name];
    if (look) return look;
  }
  return OTHER;
}

/** Return the corners of a shape in a square from -1 to 1; none for a circle. */
export function cornersOf(shape: Look["shape"]): [number, number][] {
  const around = (count: number, turn = -Math.PI / 2, reach: (at: number) => number = () => 1): [number, number][] =>
    Array.from({ length: count }, (_, at) => {
      const angle = turn + (at * 2 * Math.PI) / count;
      return [reach(at) * Math.cos(angle), reach(at) * Math.sin(angle)];
    });
  switch (shape) {
    case "ellipse": return [];
    case "round-rectangle":
    case "rectangle": return [[-1, -0.8], [1, -0.8], [1, 0.8], [-1, 0.8]];
    case "hexagon": return around(6, 0);
    case "diamond": return around(4);
    case "triangle": return around(3);
    case "star": return around(10, -Math.PI / 2, (at) => (at % 2 ? 0.45 : 1));
    case "pentagon": return around(5);
    case "octagon": return around(8, Math.PI / 8);
    case "vee": return [[-1, -1], [0, -0.4], [1, -1], [0, 1]];
  }
}

/** Return a colour of the page by the name of its custom property. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
