// Makes elements of drawings; what comes from data becomes text and never markup.

const SVG = "http://www.w3.org/2000/svg";

/** Return a new element of a drawing. */
export function element(
  name: string,
  attributes: Record<string, string | number>,
  ...content: (Node | string)[]
): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  made.append(...content);
  return made;
}
