// The table of an answer, which can be sorted by any column, a page of rows at a time.
import { make } from "../elements";
import type { Cell, Table } from "./answers";
import { shown } from "./cells";

const ROWS_AT_ONCE = 100;
const COLLATOR = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Return the table with what sorts it and what shows more of it. */
export function tableOf(table: Table, labelledBy: string): HTMLElement {
  return new Sortable(table, labelledBy).element;
}

class Sortable {
  readonly element: HTMLElement;
  private readonly body = make("tbody");
  private readonly more = make("button", { type: "button", class: "plain" });
  private readonly partly = make("p", { class: "note", role: "status", hidden: true });
  private readonly heads: HTMLTableCellElement[];
  private rows: Cell[][];
  private count = ROWS_AT_ONCE;

  constructor(
    private readonly table: Table,
    labelledBy: string,
  ) {
    this.rows = table.rows;
    this.heads = table.columns.map((name, place) => this.head(name, place));
    const caption = make("caption", { class: "hidden" }, "The answer, one row for each solution");
    const head = make("thead", {}, make("tr", {}, ...this.heads));
    const inner = make("table", { class: "answer" }, caption, head, this.body);
    const scroll = make("div", { class: "scroll", role: "region", "aria-labelledby": labelledBy, tabindex: 0 }, inner);
    this.more.addEventListener("click", () => this.showMore());
    this.element = make("div", {}, this.partly, scroll, this.more);
    this.draw();
  }

  private head(name: string, place: number): HTMLTableCellElement {
    const button = make("button", { type: "button", class: "plain" }, name);
    button.addEventListener("click", () => this.sort(place));
    const isNumber = numeric(this.table, place);
    return make("th", { scope: "col", ...(isNumber ? { class: "number" } : {}) }, button);
  }

  private sort(place: number): void {
    const head = this.heads[place];
    const down = head?.getAttribute("aria-sort") === "ascending";
    for (const one of this.heads) one.removeAttribute("aria-sort");
    head?.setAttribute("aria-sort", down ? "descending" : "ascending");
    const sign = down ? -1 : 1;
    this.rows = this.table.rows.toSorted((one, other) => sign * compared(one[place], other[place]));
    this.draw();
    this.tellOfOthers(place, down ? "DESC" : "ASC");
  }

  /** Say that rows which were not sent are not sorted either, and how to sort all. */
  private tellOfOthers(place: number, direction: string): void {
    const sent = this.table.rows.length;
    if (sent >= this.table.total) return;
    const query = make("code", {}, `ORDER BY ${direction}(?${this.table.columns[place] ?? ""})`);
    const rows = `Only the first ${sent.toLocaleString("en")} of ${this.table.total.toLocaleString("en")} rows are sorted here. To sort all of them, let the query do it: `;
    this.partly.replaceChildren(rows, query, ".");
    this.partly.hidden = false;
  }

  private showMore(): void {
    const first = this.count;
    this.count += ROWS_AT_ONCE;
    this.draw();
    const row = this.body.rows[first];
    if (row) row.tabIndex = -1;
    (row?.querySelector<HTMLElement>("a") ?? row)?.focus();
  }

  private draw(): void {
    const left = this.rows.length - this.count;
    const rows = this.rows.slice(0, this.count);
    this.body.replaceChildren(...rows.map((row) => make("tr", {}, ...row.map(cellOf))));
    this.more.hidden = left <= 0;
    this.more.textContent = `Show ${Math.min(left, ROWS_AT_ONCE).toLocaleString("en")} more of ${left.toLocaleString("en")}`;
  }
}

/** Tell whether a column holds numbers only. */
export function numeric(table: Table, place: number): boolean {
  const kinds = table.rows.map((row) => row[place]?.kind).filter((kind) => kind !== "none");
  return kinds.length > 0 && kinds.every((kind) => kind === "number");
}

function cellOf(cell: Cell): HTMLElement {
  return make("td", { class: cell.kind }, shown(cell));
}

/** Return the number in a cell; none is `NaN`, as is XML Schema's own. */
export function amount(cell: Cell | undefined): number {
  if (cell?.kind !== "number") return Number.NaN;
  return Number(cell.text.replace(/INF$/, "Infinity"));
}

/** Tell which of two cells comes first: numbers by size, then what is none. */
export function compared(one: Cell | undefined, other: Cell | undefined): number {
  const [left, right] = [amount(one), amount(other)];
  if (!Number.isNaN(left) && !Number.isNaN(right)) return left === right ? 0 : left - right;
  if (one?.kind === "number" || other?.kind === "number") return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
  return COLLATOR.compare(one?.text ?? "", other?.text ?? "");
}
