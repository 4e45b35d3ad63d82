// Draws the board on a canvas, unless the list is wanted; the library that draws is fetched for that only.

const list = document.querySelector<HTMLElement>("#list");
const views = document.querySelector<HTMLElement>(".views");
if (list && views) {
  views.hidden = false;
  if (new URLSearchParams(location.search).get("view") !== "list") {
    const { Explorer } = await import("../explore/explorer");
    new Explorer(list);
  }
}

export {};
