// Suggests names while one types in a box; without this the box is a part of a plain form.
import { make } from "./elements";
import { read } from "./service";

export interface Suggestion {
  iri: string;
  label: string;
  matched: string;
  about: string;
  page: string;
}

const PAUSE_MS = 80;

/** A box for names with the list of suggestions below it. */
export class SuggestingBox {
  private waiting = 0;
  private asked: AbortController | undefined;
  private chosen = -1;

  constructor(
    private readonly box: HTMLInputElement,
    private readonly list: HTMLElement,
    private readonly told: HTMLElement,
    /** Where a suggestion leads, or what it does. */
    private readonly chosenLeads: (found: Suggestion) => string | (() => void),
  ) {
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-expanded", "false");
    box.addEventListener("input", () => this.askSoon());
    box.addEventListener("keydown", (event) => this.press(event));
    box.addEventListener("blur", () => this.close());
    list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  private askSoon(): void {
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.ask(), PAUSE_MS);
  }

  private async ask(): Promise<void> {
    this.stopAsking();
    const text = this.box.value.trim().slice(0, this.box.maxLength);
    if (!text) return this.close();
    const turn = new AbortController();
    this.asked = turn;
    try {
      const found = await read<{ suggestions: Suggestion[] }>("search/suggest", { q: text }, turn.signal);
      if (this.asked === turn && document.activeElement === this.box) this.show(found.suggestions);
    } catch {
      if (!turn.signal.aborted) this.close();
    }
  }

  private show(found: Suggestion[]): void {
    this.close();
    this.list.append(...found.map((one, place) => this.option(one, place)));
    this.list.hidden = found.length === 0;
    this.box.setAttribute("aria-expanded", String(found.length > 0));
    this.told.textContent = found.length === 1 ? "1 suggestion" : `${found.length} suggestions`;
  }

  private stopAsking(): void {
    clearTimeout(this.waiting);
    this.asked?.abort();
    this.asked = undefined;
  }

  private close(): void {
    this.stopAsking();
    this.list.hidden = true;
    this.list.replaceChildren();
    this.chosen = -1;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }

  private options(): HTMLElement[] {
    return [...this.list.querySelectorAll("a")];
  }

  private press(event: KeyboardEvent): void {
    if (this.list.hidden) return;
    const last = this.options().length - 1;
    if (event.key === "Escape") this.close();
    else if (event.key === "ArrowDown") this.choose(this.chosen === last ? -1 : this.chosen + 1);
    else if (event.key === "ArrowUp") this.choose(this.chosen < 0 ? last : this.chosen - 1);
    else if (event.key === "Enter" && this.chosen >= 0) this.follow();
    else return;
    event.preventDefault();
  }

  private follow(): void {
    this.options()[this.chosen]?.click();
  }

  private choose(place: number): void {
    // The list that somebody chooses from stays as it is seen.
    this.stopAsking();
    this.chosen = place;
    const options = this.options();
    options.forEach((one, at) => one.setAttribute("aria-selected", String(at === place)));
    const option = options[place];
    if (option) {
      this.box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.box.removeAttribute("aria-activedescendant");
    }
  }

  private option(found: Suggestion, place: number): HTMLElement {
    const about = found.matched === found.label ? found.about : `${found.matched}; ${found.about}`;
    const leads = this.chosenLeads(found);
    // The link itself is the option, since nothing inside an option may be worked by itself.
    const link = make(
      "a",
      { id: `${this.list.id}-${place}`, role: "option", "aria-selected": "false", href: typeof leads === "string" ? leads : "#", tabindex: -1 },
      make("bdi", {}, found.label),
      " ",
      make("span", { class: "quiet" }, about),
    );
    if (typeof leads !== "string") {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        leads();
        this.close();
      });
    }
    return make("li", { role: "presentation" }, link);
  }
}

/** Let a box suggest names that has nothing prepared for it. */
export function suggest(box: HTMLInputElement, chosenLeads: (found: Suggestion) => string | (() => void)): void {
  const list = make("ul", { id: `${box.id}-list`, class: "suggested", role: "listbox", "aria-label": "Suggestions", hidden: true });
  const told = make("span", { class: "hidden", "aria-live": "polite" });
  box.after(list, told);
  new SuggestingBox(box, list, told, chosenLeads);
}
