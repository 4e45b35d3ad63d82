// The queries that are worked on beside each other; the browser keeps them for the next visit.
import { make } from "../elements";

interface Tab {
  name: string;
  query: string;
}

const KEPT = "medalgraph.queries";
const MOST = 12;

/** A row of tabs, each with its query; every window of the browser has the same ones. */
export class Tabs {
  readonly element = make("div", { class: "tabs" });
  private readonly list = make("div", { role: "tablist", "aria-label": "Your queries" });
  private readonly again = make("button", { type: "button", class: "plain", hidden: true }, "Reopen closed query");
  private readonly told = make("span", { role: "status", class: "quiet" });
  private readonly closed: Tab[] = [];
  private tabs: Tab[];
  private chosen = 0;

  /**
   * @param panel the identifier of what the tabs are tabs of
   * @param show is called with a tab that was chosen, and with its query
   * @param forget is called with a tab that is no more
   */
  constructor(
    private readonly panel: string,
    private readonly show: (name: string, query: string) => void,
    private readonly forget: (name: string) => void,
  ) {
    this.tabs = kept();
    const add = make("button", { type: "button", class: "plain" }, "New query");
    add.addEventListener("click", () => this.add(""));
    const close = make("button", { type: "button", class: "plain" }, "Close query");
    close.addEventListener("click", () => this.close(this.chosen));
    this.again.addEventListener("click", () => this.reopen());
    this.element.append(this.list, add, close, this.again, this.told);
    this.list.addEventListener("keydown", (event) => this.press(event));
    window.addEventListener("storage", (event) => event.key === KEPT && event.newValue && this.follow());
    window.addEventListener("pageshow", (event) => event.persisted && this.follow());
  }

  get query(): string {
    return this.tabs[this.chosen]?.query ?? "";
  }

  /**
   * Choose the tab with a query, or open one; without a query, the one that was there first.
   *
   * @param name the tab that was chosen when this page was left, if it was
   */
  open(query: string, name = ""): void {
    const left = this.tabs.findIndex((tab) => tab.name === name);
    const same = left >= 0 ? left : this.tabs.findIndex((tab) => tab.query === query);
    if (query && same < 0) this.add(query);
    else this.choose(Math.max(same, 0));
  }

  /** Keep what the query of the chosen tab has become. */
  changed(query: string): void {
    const tab = this.tabs[this.chosen];
    if (!tab || tab.query === query) return;
    tab.query = query;
    this.keep();
  }

  private add(query: string): void {
    this.told.textContent = "";
    if (this.tabs.length === MOST) this.makeRoom();
    const taken = new Set(this.tabs.map((tab) => tab.name));
    let number = 1;
    while (taken.has(`Query ${number}`)) number += 1;
    this.tabs.push({ name: `Query ${number}`, query });
    this.choose(this.tabs.length - 1);
  }

  /** Give up the first tab without a query, or else the first. */
  private makeRoom(): void {
    const empty = this.tabs.findIndex((tab) => !tab.query.trim());
    const [tab] = this.tabs.splice(Math.max(empty, 0), 1);
    if (!tab) return;
    if (empty < 0) this.told.textContent = ` ${tab.name} was closed: ${MOST} queries are kept at most.`;
    this.given(tab);
  }

  private given(tab: Tab): void {
    if (tab.query.trim()) this.closed.push(tab);
    this.again.hidden = this.closed.length === 0;
    this.forget(tab.name);
  }

  private reopen(): void {
    const tab = this.closed.pop();
    if (tab) this.add(tab.query);
    this.again.hidden = this.closed.length === 0;
    this.focusChosen();
  }

  private choose(place: number): void {
    this.chosen = place;
    this.draw();
    this.keep();
    this.show(this.tabs[place]?.name ?? "", this.query);
  }

  private close(place: number): void {
    const [tab] = this.tabs.splice(place, 1);
    if (this.tabs.length === 0) this.tabs.push({ name: "Query 1", query: "" });
    this.choose(Math.min(place <= this.chosen ? Math.max(this.chosen - 1, 0) : this.chosen, this.tabs.length - 1));
    if (tab) this.given(tab);
    this.focusChosen();
  }

  /** Take over what another window has kept; what was chosen here stays so, if it is still there. */
  private follow(): void {
    const { name, query } = this.tabs[this.chosen] ?? { name: "", query: "" };
    this.tabs = kept();
    this.chosen = Math.max(
      this.tabs.findIndex((tab) => tab.name === name),
      0,
    );
    this.draw();
    const now = this.tabs[this.chosen];
    if (now && (now.name !== name || now.query !== query)) this.show(now.name, now.query);
  }

  private draw(): void {
    this.list.replaceChildren(...this.tabs.map((tab, place) => this.drawn(tab, place)));
  }

  private drawn(tab: Tab, place: number): HTMLElement {
    const isChosen = place === this.chosen;
    const button = make(
      "button",
      { type: "button", role: "tab", "aria-selected": String(isChosen), "aria-controls": this.panel, tabindex: isChosen ? 0 : -1 },
      tab.name,
    );
    button.title = "Delete closes it";
    button.addEventListener("click", () => {
      this.choose(place);
      this.focusChosen();
    });
    return button;
  }

  private press(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
    const step = steps[event.key];
    if (event.key === "Delete") this.close(this.chosen);
    else if (step) {
      this.choose((this.chosen + step + this.tabs.length) % this.tabs.length);
      this.focusChosen();
    } else return;
    event.preventDefault();
  }

  private focusChosen(): void {
    this.list.querySelector<HTMLElement>("[aria-selected=true]")?.focus();
  }

  private keep(): void {
    try {
      localStorage.setItem(KEPT, JSON.stringify(this.tabs));
    } catch {
      // A browser that keeps nothing still has the tabs of this page.
    }
  }
}

function kept(): Tab[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    if (Array.isArray(found) && found.length > 0 && found.every(isTab)) return found.slice(-MOST);
  } catch {
    // What was kept cannot be read, so that it is begun anew.
  }
  return [{ name: "Query 1", query: "" }];
}

function isTab(found: unknown): found is Tab {
  const tab = found as Partial<Tab> | null;
  return typeof tab?.name === "string" && typeof tab.query === "string";
}
