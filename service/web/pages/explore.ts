// Suggests what to put on a board, and draws it on a canvas, unless the list is wanted; the library that draws is fetched for that only.
import { Board } from "../explore/state";
import { board } from "../explore/told";
import { suggest } from "../suggesting";

const list = document.querySelector<HTMLElement>("#list");
const views = document.querySelector<HTMLElement>(".views");
if (list && views) {
  views.hidden = false;
  if (new URLSearchParams(location.search).get("view") !== "list") {
    const told = board(Board.at(location.search).params, new AbortController().signal);
    // Who draws tells what went wrong.
    told.catch(() => undefined);
    const { Explorer } = await import("../explore/explorer");
    new Explorer(list, told);
  }
}

const find = document.querySelector<HTMLInputElement>("#find");
if (find) suggest(find, ({ iri }) => Board.at(location.search).put(iri).href());
for (const end of document.querySelectorAll<HTMLInputElement>("#from, #to")) suggest(end, ({ label }) => () => (end.value = label));
