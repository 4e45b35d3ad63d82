// Suggests names while one types in the search box; without this file the box is a plain form.
"use strict";

const box = document.querySelector("#site-search");
const list = document.querySelector("#site-search-list");
const told = document.querySelector("#site-search-told");
const PAUSE_MS = 80;
let waiting = 0;
let asked = null;
let chosen = -1;

function close() {
  list.hidden = true;
  list.replaceChildren();
  chosen = -1;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function choose(place) {
  const options = [...list.children];
  chosen = (place + options.length + 1) % (options.length + 1);
  if (chosen === options.length) chosen = -1;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
  if (chosen < 0) {
    box.removeAttribute("aria-activedescendant");
  } else {
    box.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  }
}

function option(found, place) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const name = document.createElement("bdi");
  const about = document.createElement("span");
  item.id = `site-search-${place}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  link.href = found.page || `${box.form.action}?q=${encodeURIComponent(found.label)}`;
  link.tabIndex = -1;
  name.textContent = found.label;
  about.className = "quiet";
  about.textContent = found.matched === found.label ? found.about : `${found.matched}; ${found.about}`;
  link.append(name, " ", about);
  item.append(link);
  return item;
}

function show(found) {
  close();
  list.append(...found.map(option));
  list.hidden = found.length === 0;
  box.setAttribute("aria-expanded", String(found.length > 0));
  told.textContent = found.length === 1 ? "1 suggestion" : `${found.length} suggestions`;
}

async function ask() {
  const text = box.value.trim();
  if (asked) asked.abort();
  if (!text) {
    close();
    return;
  }
  const turn = new AbortController();
  asked = turn;
  const where = new URL(box.dataset.suggest, location.href);
  where.searchParams.set("q", text.slice(0, Number(box.maxLength)));
  try {
    const answer = await fetch(where, { signal: turn.signal, headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { suggestions } = await answer.json();
    if (asked === turn && document.activeElement === box) show(suggestions);
  } catch (error) {
    if (error.name !== "AbortError") close();
  }
}

if (box && list) {
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE_MS);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      close();
      event.preventDefault();
    } else if (event.key === "ArrowDown" && !list.hidden) {
      choose(chosen + 1);
      event.preventDefault();
    } else if (event.key === "ArrowUp" && !list.hidden) {
      choose(chosen < 0 ? list.children.length - 1 : chosen - 1);
      event.preventDefault();
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      list.children[chosen].querySelector("a").click();
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  box.addEventListener("blur", close);
}
