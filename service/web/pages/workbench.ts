// The workbench: turns the form for a query into an editor with tabs, and shows answers below it.
import { make } from "../elements";
import { address } from "../service";
import { Refused, ask } from "../workbench/answers";
import { Editor } from "../workbench/editor";
import { resultsOf } from "../workbench/results";
import { Running } from "../workbench/running";
import { Tabs } from "../workbench/tabs";

const PANEL = "workbench-panel";

/** What was shown of a tab when another was chosen. */
interface Left {
  nodes: Node[];
  address: string;
}

class Workbench {
  private readonly editor: Editor;
  private readonly tabs: Tabs;
  private readonly running: Running;
  private readonly left = new Map<string, Left>();
  private tab = "";

  constructor(
    private readonly place: HTMLElement,
    private readonly form: HTMLFormElement,
    private readonly field: HTMLTextAreaElement,
    private readonly answers: HTMLElement,
  ) {
    const panel = make("div", { id: PANEL, role: "tabpanel" });
    const label = form.querySelector("label")?.textContent ?? "";
    panel.setAttribute("aria-label", label);
    field.before(panel);
    field.hidden = true;
    field.required = false;
    form.querySelector("label")?.remove();
    this.editor = new Editor(panel, label, () => this.run());
    this.tabs = new Tabs(PANEL, (tab, query) => this.show(tab, query), (tab) => this.left.delete(tab));
    this.running = new Running(Number(place.dataset["seconds"]), () => this.editor.focus());
    place.prepend(this.tabs.element);
    form.after(this.running.element);
    const asked = field.value;
    this.tabs.open(asked, (history.state as { tab?: string } | null)?.tab);
    this.editor.onChange(() => this.changed());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
    for (const link of document.querySelectorAll<HTMLAnchorElement>(".examples a")) {
      link.addEventListener("click", (event) => this.follow(event, link));
    }
    if (answers.childElementCount > 0) this.enliven();
    else if (asked && this.tabs.query === asked) this.run();
  }

  /** Let an answer that came with the page be worked on. */
  private enliven(): void {
    const button = make("button", { type: "button", class: "plain" }, "Sort, chart, map or cite this answer");
    button.addEventListener("click", () => this.run());
    this.answers.querySelector("table.answer")?.closest("section")?.querySelector("h2")?.after(button);
  }

  /** Show a tab: its query, and the answer that it had. */
  private show(tab: string, query: string): void {
    if (this.tab && this.tab !== tab) {
      this.left.set(this.tab, { nodes: [...this.answers.childNodes], address: location.href });
      const left = this.left.get(tab);
      this.answers.replaceChildren(...(left?.nodes ?? []));
      history.replaceState({ tab }, "", left?.address ?? this.address(""));
    }
    this.tab = tab;
    this.editor.text = query;
    this.field.value = query;
  }

  /** Open an example here, unless somebody wants it in a window of its own or asked of some graphs only. */
  private follow(event: MouseEvent, link: HTMLAnchorElement): void {
    const query = new URL(link.href).searchParams.get("query");
    const isOfSome = this.form.querySelector("[name$=-graph-uri]") !== null;
    if (!query || isOfSome || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const sources = this.form.querySelector<HTMLInputElement>("[name=sources]");
    if (sources) sources.checked = false;
    this.tabs.open(query);
    this.run();
  }

  private changed(): void {
    this.field.value = this.editor.text;
    this.tabs.changed(this.editor.text);
    this.editor.showProblem(undefined);
  }

  private run(): void {
    if (!this.editor.text.trim()) return this.editor.focus();
    void this.running.during((signal) => this.ask(this.asked(), signal));
  }

  /** Return what the form asks, as it would without this script. */
  private asked(): URLSearchParams {
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) asked.append(name, String(value));
    return asked;
  }

  private async ask(asked: URLSearchParams, signal: AbortSignal): Promise<void> {
    const tab = this.tab;
    this.editor.showProblem(undefined);
    try {
      const { answer, snapshot } = await ask(asked, signal);
      this.present(tab, resultsOf(answer, snapshot), this.address(asked.toString()));
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Refused && this.tab === tab) this.editor.showProblem(error.problem);
      this.present(tab, refusal(error), this.address(asked.toString()));
    }
  }

  /** Show what came of the query of a tab, now or when that tab is chosen again. */
  private present(tab: string, shown: HTMLElement, address: string): void {
    if (this.tab !== tab) {
      this.left.set(tab, { nodes: [shown], address });
      return;
    }
    this.answers.replaceChildren(shown);
    history.replaceState({ tab }, "", address);
    document.getElementById("answer")?.focus();
  }

  /** Return the address of a query; if no server would take it, that of this page, whose tab has it. */
  private address(asked: string): string {
    const at = this.form.querySelector<HTMLInputElement>("[name=at]")?.value;
    const where = address("query", at ? { at } : {});
    if (asked && asked.length < Number(this.place.dataset["longest"])) where.search = asked;
    return where.href;
  }
}

function refusal(error: unknown): HTMLElement {
  const problem = error instanceof Refused ? error.problem : undefined;
  const heading = make("h2", { id: "answer", tabindex: -1 }, problem?.title ?? "No answer came");
  const detail = problem?.detail ?? "The service could not be reached. Ask again, or reload the page.";
  const section = make("section", { "aria-labelledby": "answer", class: "refused" }, heading, make("p", {}, detail));
  if (problem?.hint) section.append(make("p", {}, problem.hint));
  return section;
}

const place = document.getElementById("workbench");
const form = place?.querySelector("form");
const field = form?.querySelector("textarea");
const answers = document.getElementById("answers");
if (place && form && field && answers) new Workbench(place, form, field, answers);
