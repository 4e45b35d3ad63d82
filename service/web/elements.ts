// Makes elements of the page; what comes from data becomes text and never markup.

type Attributes = Record<string, string | number | boolean>;

/** Return a new element. An attribute that is `true` is there without a value, and `false` is not there. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...content: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(attribute, value === true ? "" : String(value));
  }
  element.append(...content);
  return element;
}
