// The workbench: turns the form for a query into an editor with tabs, and shows answers below it.
import { make } from "../elements";
import { address } from "../service";
import { type Asked, Refused, ask } from "../workbench/answers";
import { Editor } from "../workbench/editor";
import { resultsOf } from "../workbench/results";
import { Running } from "../workbench/running";
import { Tabs } from "../workbench/tabs";

const PANEL = "workbench-panel";

class Workbench {
  private readonly editor: Editor;
  private readonly tabs: Tabs;
  private readonly running: Running;
  private readonly sources = make("input", { type: "checkbox" });

  constructor(
    place: HTMLElement,
    private readonly form: HTMLFormElement,
    private readonly field: HTMLTextAreaElement,
    private readonly answers: HTMLElement,
  ) {
    const panel = make("div", { id: PANEL, role: "tabpanel" });
    const label = form.querySelector("label")?.textContent ?? "";
    field.before(panel);
    field.hidden = true;
    field.required = false;
    form.querySelector("label")?.remove();
    this.editor = new Editor(panel, label, () => this.run());
    this.tabs = new Tabs(PANEL, (query) => this.show(query));
    this.running = new Running(Number(place.dataset["seconds"]), () => this.editor.focus());
    const choice = make("label", { class: "choice" }, this.sources, " with the sources of each row");
    form.querySelector(".actions button")?.after(" ", choice);
    place.prepend(this.tabs.element);
    form.after(this.running.element);
    this.tabs.open(field.value);
    this.editor.onChange(() => this.changed());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
    for (const link of document.querySelectorAll<HTMLAnchorElement>(".examples a")) {
      link.addEventListener("click", (event) => this.follow(event, link));
    }
    if (field.value && answers.childElementCount === 0) this.run();
    else answers.querySelector("table.answer")?.closest("section")?.querySelector("h2")?.after(this.livelier());
  }

  /** Return what makes an answer that came with the page one that can be worked on. */
  private livelier(): HTMLElement {
    const button = make("button", { type: "button", class: "plain" }, "Sort, chart, map or cite this answer");
    button.addEventListener("click", () => this.run());
    return button;
  }

  private show(query: string): void {
    this.editor.text = query;
    this.field.value = query;
  }

  /** Open an example here, unless somebody wants it in a window of its own. */
  private follow(event: MouseEvent, link: HTMLAnchorElement): void {
    const query = new URL(link.href).searchParams.get("query");
    if (!query || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.tabs.open(query);
    this.run();
  }

  private changed(): void {
    this.field.value = this.editor.text;
    this.tabs.changed(this.editor.text);
    this.editor.showProblem(undefined);
  }

  private run(): void {
    const query = this.editor.text;
    if (!query.trim()) return this.editor.focus();
    const at = this.form.querySelector<HTMLInputElement>("[name=at]")?.value ?? "";
    const asked = { query, at, sources: this.sources.checked };
    void this.running.during((signal) => this.ask(asked, signal));
  }

  private async ask(asked: Asked, signal: AbortSignal): Promise<void> {
    this.editor.showProblem(undefined);
    try {
      const { answer, snapshot } = await ask(asked, signal);
      this.answers.replaceChildren(resultsOf(answer, snapshot));
      const told: Record<string, string> = { query: asked.query };
      if (asked.at) told["at"] = asked.at;
      history.replaceState(null, "", address("query", told));
      document.getElementById("answer")?.focus();
    } catch (error) {
      if (signal.aborted) return;
      this.refuse(error);
    }
  }

  private refuse(error: unknown): void {
    const problem = error instanceof Refused ? error.problem : undefined;
    this.editor.showProblem(problem);
    const heading = make("h2", { id: "answer", tabindex: -1 }, problem?.title ?? "No answer came");
    const detail = problem?.detail ?? "The service could not be reached. Ask again, or reload the page.";
    const section = make("section", { "aria-labelledby": "answer", class: "refused" }, heading, make("p", {}, detail));
    if (problem?.hint) section.append(make("p", {}, problem.hint));
    this.answers.replaceChildren(section);
    heading.focus();
  }
}

const place = document.getElementById("workbench");
const form = place?.querySelector("form");
const field = form?.querySelector("textarea");
const answers = document.getElementById("answers");
if (place && form && field && answers) new Workbench(place, form, field, answers);
