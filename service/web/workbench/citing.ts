// How to cite an answer: what it is, of which state, where it stays, and whose statements it rests on.
import { make } from "../elements";
import type { Answer } from "./answers";

/** Return what may be copied to cite an answer. */
export function citation(answer: Answer, snapshot: string): HTMLElement {
  const text = make("blockquote", {}, words(answer, snapshot));
  const button = make("button", { type: "button", class: "plain" }, "Copy");
  const told = make("span", { "aria-live": "polite", class: "quiet" });
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(text.textContent ?? "").then(
      () => (told.textContent = " Copied."),
      () => (told.textContent = " The browser does not let this page copy; select the text instead."),
    );
  });
  return make("details", {}, make("summary", {}, "Cite this answer"), text, make("p", {}, button, told));
}

function words(answer: Answer, snapshot: string): string {
  const day = new Date().toISOString().slice(0, 10);
  const parts = [`medalgraph, answer to a query, snapshot ${snapshot}.`, `Retrieved ${day}.`, `${answer.permalink}.`];
  const rows = answer.table?.rows ?? [];
  const titles = [...new Set(rows.flatMap((row) => row.flatMap((cell) => cell.cited.map((one) => one.title))))];
  if (titles.length > 0) parts.push(`Sources: ${titles.join("; ")}.`);
  return parts.join(" ");
}
