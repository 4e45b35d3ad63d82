// How things, groups and links look on the canvas, in the colours of the page.
import type cytoscape from "cytoscape";
import { type Look, colour } from "./kinds";
import { LINE } from "./naming";

/** The width and height of a thing. */
export const SIZE = 22;

/** Return the style of all that is drawn. */
export function dress(): cytoscape.StylesheetJson {
  const [ink, paper, line, quiet, mark, link] = ["--ink", "--paper", "--line", "--quiet", "--gold", "--link"].map(colour) as [string, string, string, string, string, string];
  const font = getComputedStyle(document.body).fontFamily;
  // Asked of the page once each, since that takes longer than to draw a thing.
  const known = new Map<string, string>();
  const fill = (node: cytoscape.NodeSingular): string => {
    const name = (node.data("look") as Look | undefined)?.colour ?? "--other";
    const found = known.get(name) ?? colour(name);
    known.set(name, found);
    return found;
  };
  const words = { label: "data(label)", "font-family": font, "font-size": "data(font)", "text-wrap": "wrap", "text-max-width": "100000px", "line-height": LINE, "text-background-color": paper, "text-background-opacity": 0.8 };
  return [
    {
      selector: "node",
      style: {
        ...words, width: SIZE, height: SIZE, color: ink, "text-valign": "bottom", "text-margin-y": 4,
        "background-color": fill,
        shape: (node: cytoscape.NodeSingular) => (node.data("look") as Look | undefined)?.shape ?? "ellipse",
      },
    },
    {
      selector: "node.group",
      style: { shape: "round-rectangle", width: "data(width)", height: "data(height)", "background-color": paper, "border-width": 1, "border-color": quiet, "border-style": "dashed", "text-valign": "center", "text-margin-y": 0 },
    },
    { selector: "node.pinned", style: { "border-width": 2, "border-color": ink } },
    { selector: "node.path", style: { "border-width": 4, "border-color": mark } },
    { selector: "node.looked", style: { "border-width": 4, "border-color": link } },
    {
      selector: "edge",
      style: { ...words, "text-background-opacity": 1, "text-background-padding": "1px", width: 1.5, "line-color": quiet, "curve-style": "bezier", "target-arrow-shape": "triangle", "target-arrow-color": quiet, "arrow-scale": 0.9, color: quiet },
    },
    { selector: "edge.plain", style: { "curve-style": "haystack", width: 1, "line-color": line } },
    { selector: "edge.group", style: { "line-style": "dashed", "target-arrow-shape": "none" } },
    { selector: "edge.path", style: { width: 3, "line-color": mark, "target-arrow-color": mark } },
  ] as unknown as cytoscape.StylesheetJson;
}
