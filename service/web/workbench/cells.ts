// Shows values as the pages do: names as links, texts with their language.
import { make } from "../elements";
import type { Cell } from "./answers";

/** Return what shows one value. */
export function shown(cell: Cell): Node {
  if (cell.cited.length > 0) return sources(cell);
  const spoken = { ...(cell.language ? { lang: cell.language } : {}), ...(cell.kind === "number" ? {} : { dir: "auto" }) };
  if (cell.page) return make("a", { href: cell.page, title: cell.entity, ...spoken }, cell.text);
  if (cell.href) return make("a", { href: cell.href, rel: "nofollow noopener noreferrer", ...spoken }, cell.text);
  const text = make("span", spoken, cell.text);
  if (!cell.language || cell.language === "en") return text;
  const both = document.createDocumentFragment();
  both.append(text, " ", make("small", { class: "tag" }, cell.language));
  return both;
}

function sources(cell: Cell): Node {
  const all = document.createDocumentFragment();
  cell.cited.forEach((source, place) => {
    if (place > 0) all.append("; ");
    all.append(make("a", { href: source.page }, source.title));
  });
  return all;
}
