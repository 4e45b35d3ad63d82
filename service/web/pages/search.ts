// Suggests names while one types in the search box; without this file the box is a plain form.
import { address } from "../service";
import { SuggestingBox } from "../suggesting";

const box = document.querySelector<HTMLInputElement>("#site-search");
const list = document.querySelector<HTMLElement>("#site-search-list");
const told = document.querySelector<HTMLElement>("#site-search-told");
if (box && list && told) new SuggestingBox(box, list, told, (found) => found.page || address("search", { q: found.label }).href);
