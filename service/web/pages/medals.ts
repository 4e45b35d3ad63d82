// Moves a medal table through the days on which it changed; without this file the days are links.
import { make } from "../elements";
import { address, read } from "../service";

interface Row {
  rank: number | null;
  label: string;
  language: string;
  code: string;
  gold: number;
  silver: number;
  bronze: number;
  total: number;
  page?: string;
}

interface Changed {
  label: string;
  language: string;
  words: string;
  page?: string;
}

interface Table {
  rows: Row[];
  summary: string;
  notes: string[];
  changed: Changed[];
  changed_count: number;
  sources: Source[];
}

interface Source {
  title: string;
  page?: string;
}

interface Stop {
  day: string;
  words: string;
  link: HTMLAnchorElement | undefined;
}

const PAUSE_MS = 120;
const COLOURS = ["gold", "silver", "bronze", "total"] as const;
const TODAY = "today";

/** Return an element that the page has in any case. */
function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no ${id}.`);
  return found;
}

/** The slider of a page with the table that it moves. */
class Slider {
  private readonly range = make("input", { type: "range", min: 0, step: 1, id: "day-range" });
  private readonly label = make("output", { for: "day-range", class: "day-told" });
  private waiting = 0;
  private asked: AbortController | undefined;

  constructor(
    place: HTMLElement,
    private readonly stops: Stop[],
    shown: number,
  ) {
    this.range.max = String(stops.length - 1);
    this.range.value = String(shown);
    this.range.setAttribute("aria-label", "Day of the table");
    this.tell(shown);
    this.range.addEventListener("input", () => this.moveSoon());
    place.querySelector(".stops")?.before(make("div", { class: "slider" }, this.range, this.label));
  }

  private moveSoon(): void {
    const at = Number(this.range.value);
    this.tell(at);
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.move(at), PAUSE_MS);
  }

  private tell(at: number): void {
    const { day, words } = this.stop(at);
    const text = words ? `${day || TODAY}: ${words}` : day || TODAY;
    this.range.setAttribute("aria-valuetext", text);
    this.label.textContent = text;
  }

  private stop(at: number): Stop {
    return this.stops[at] ?? { day: "", words: "", link: undefined };
  }

  private async move(at: number): Promise<void> {
    this.asked?.abort();
    const turn = new AbortController();
    this.asked = turn;
    const { day } = this.stop(at);
    const params = paramsOn(day);
    try {
      const found = await read<Table>("medals", { ...params, format: "json" }, turn.signal);
      if (this.asked !== turn) return;
      history.replaceState(null, "", address("medals", params));
      for (const stop of this.stops) {
        if (stop.day === day) stop.link?.setAttribute("aria-current", "true");
        else stop.link?.removeAttribute("aria-current");
      }
      show(found, day, params);
    } catch {
      if (!turn.signal.aborted) part("table-told").textContent = "The table of that day could not be fetched.";
    }
  }
}

/** Return the parameters of the page for another day. */
function paramsOn(day: string): Record<string, string> {
  const { on: _, ...params } = Object.fromEntries(new URLSearchParams(location.search));
  return day ? { ...params, on: day } : params;
}

/** Show the table of a day, with the teams marked whose medals are others than those shown before. */
function show(found: Table, day: string, params: Record<string, string>): void {
  const body = document.querySelector("#medal-lines tbody");
  const before = new Map<string, string>();
  for (const row of body?.querySelectorAll<HTMLElement>("tr") ?? []) {
    before.set(row.dataset["code"] ?? "", counts([...row.querySelectorAll("td.count")]));
  }
  const changed = found.rows.filter((row) => before.get(row.code) !== countsOf(row));
  const codes = new Set(found.rows.map((row) => row.code));
  const gone = [...before.keys()].filter((code) => !codes.has(code)).length;
  body?.replaceChildren(...found.rows.map((row) => line(row, changed.includes(row), params)));
  part("no-lines").hidden = found.rows.length > 0;
  for (const place of document.querySelectorAll<HTMLElement>("[data-as-of]")) {
    place.replaceChildren(...(day ? [place.dataset["asOf"] ?? "", make("time", {}, day)] : []));
  }
  const notes = found.notes.map((note) => make("p", { class: "note" }, note));
  part("table-basis").replaceChildren(...notes, make("p", {}, found.summary, ...taken(found.sources)));
  sum(found.rows);
  podiums(found, day);
  readdress(day);
  const teams = `${changed.length} ${changed.length === 1 ? "team" : "teams"} changed`;
  const left = gone ? `, ${gone} left the table` : "";
  part("table-told").textContent = `The table ${day ? `as of ${day}` : "of today"}: ${teams}${left}.`;
}

/** Return what a table is taken from, in words. */
function taken(sources: Source[]): (Node | string)[] {
  const told = sources.flatMap(({ title, page }) => ["; ", page ? make("a", { href: page }, title) : title]);
  return told.length ? [" Taken from ", ...told.slice(1), "."] : [];
}

/** Sum the lines of the table below it. */
function sum(rows: Row[]): void {
  const cells = document.querySelectorAll("#medal-lines tfoot .count");
  COLOURS.forEach((name, place) => {
    const cell = cells[place];
    if (cell) cell.textContent = String(rows.reduce((all, row) => all + row[name], 0));
  });
}

function counts(cells: Element[]): string {
  return cells.map((cell) => cell.textContent?.trim()).join("-");
}

function countsOf(row: Row): string {
  return COLOURS.map((name) => row[name]).join("-");
}

function line(row: Row, isChanged: boolean, params: Record<string, string>): HTMLElement {
  const words = row.language && row.language !== "en" ? { lang: row.language, dir: "auto" } : {};
  const named = row.page ? make("a", { href: row.page, ...words }, row.label) : make("bdi", words, row.label);
  const head = make("th", { scope: "row" }, named, " ", make("span", { class: "code" }, row.code));
  if (isChanged) head.append(" ", make("span", { class: "verdict" }, "changed"));
  const cells = COLOURS.map((name) => {
    const cell = make("td", { class: name === "total" ? "count total" : "count" });
    const href = address("medals", { ...params, nation: row.code, medal: name }).href;
    const colour = name === "total" ? "in all" : name;
    const told = `${row[name]} ${colour}, ${row.label}: the events`;
    cell.append(row[name] ? make("a", { href, "aria-label": told }, String(row[name])) : "0");
    return cell;
  });
  const rank = make("td", { class: "rank" }, row.rank ? String(row.rank) : "–");
  return make("tr", { "data-code": row.code, class: isChanged ? "changed" : "" }, rank, head, ...cells);
}

/** List the podiums that the day changed, each with a link to the event as of that day. */
function podiums(found: Table, day: string): void {
  part("moved-section").hidden = found.changed_count === 0;
  part("moved-count").textContent = String(found.changed_count);
  const more = part("moved-more");
  more.hidden = found.changed_count <= found.changed.length;
  more.textContent = `The first ${found.changed.length} of them are shown here.`;
  part("moved-list").replaceChildren(
    ...found.changed.map((one) => {
      const where = one.page ? new URL(one.page) : undefined;
      where?.searchParams.set("on", day);
      const name = where ? make("a", { href: where.href }, one.label) : make("bdi", {}, one.label);
      return make("li", {}, name, `: ${one.words}`);
    }),
  );
}

/** Let what leads to this table, or cites it, be of the day that is shown. */
function readdress(day: string): void {
  const field = document.querySelector<HTMLInputElement>("#on");
  if (field) field.value = day;
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-keeps-day]")) {
    const isWritten = link.textContent === link.href;
    link.href = onDay(link.href, day);
    if (isWritten) link.textContent = link.href;
  }
  const code = document.querySelector<HTMLTextAreaElement>("#embed-code");
  if (code) code.value = code.value.replace(/src="([^"]*)"/, (_, src: string) => `src="${onDay(src, day)}"`);
}

function onDay(href: string, day: string): string {
  const where = new URL(href, location.href);
  where.searchParams.delete("on");
  if (day) where.searchParams.set("on", day);
  return where.href;
}

const place = document.querySelector<HTMLElement>("#day-slider");
const links = [...(place?.querySelectorAll<HTMLAnchorElement>(".stops a[data-day]") ?? [])];
if (place && links.length > 1 && document.querySelector("#medal-lines")) {
  const stops: Stop[] = links.map((link) => ({
    day: link.dataset["day"] ?? "",
    words: link.parentElement?.querySelector(".quiet")?.textContent ?? "",
    link,
  }));
  stops.push({ day: "", words: "as everything stands", link: place.querySelector<HTMLAnchorElement>("a[data-day='']") ?? undefined });
  const on = place.dataset["on"] ?? "";
  const shown = on ? stops.findLastIndex((stop) => stop.day !== "" && stop.day <= on) : stops.length - 1;
  new Slider(place, stops, Math.max(shown, 0));
}
