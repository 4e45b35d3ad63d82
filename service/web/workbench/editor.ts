// The editor of queries: YASQE, told of the words and names that this graph knows.
import "@zazuko/yasqe/build/yasqe.min.css";
import Yasqe from "@zazuko/yasqe";
import { read } from "../service";
import type { Problem } from "./answers";
import { completer } from "./completing";

/** An editor in the place of a form's text field, which it keeps in step for the form. */
export class Editor {
  private readonly yasqe: Yasqe;
  private mark: { clear(): void } | undefined;

  constructor(place: HTMLElement, label: string, run: () => void) {
    this.yasqe = new Yasqe(place, {
      autocompleters: ["variables"],
      persistenceId: null,
      showQueryButton: false,
      resizeable: false,
      // @ts-expect-error Its types do not tell that without this there is no button for it.
      createShareableLink: null,
      // The service says what is wrong and where; this one takes the prefixes of the house for unknown.
      syntaxErrorCheck: false,
      editorHeight: "auto",
      consumeShareLink: null,
      prefixCcApi: null,
      lineWrapping: true,
      screenReaderLabel: label,
      // The tab key goes on to the next control: nobody may be caught in here (WCAG 2.1.2).
      extraKeys: {
        Tab: false,
        "Shift-Tab": false,
        "Ctrl-Enter": run,
        "Cmd-Enter": run,
        "Ctrl-Space": () => this.yasqe.autocomplete(),
        "Ctrl-/": () => this.yasqe.commentLines(),
      },
    });
    void this.learn();
  }

  get text(): string {
    return this.yasqe.getValue();
  }

  set text(query: string) {
    this.yasqe.setValue(query);
    this.yasqe.refresh();
  }

  /** Call back whenever the text changes. */
  onChange(told: () => void): void {
    this.yasqe.on("change", told);
  }

  focus(): void {
    this.yasqe.focus();
  }

  /** Show where a problem is, until the text changes; nowhere if it has no place. */
  showProblem(problem: Problem | undefined): void {
    this.mark?.clear();
    this.mark = undefined;
    if (!problem?.line) return;
    const line = problem.line - 1;
    const from = { line, ch: (problem.column ?? 1) - 1 };
    const ends = this.yasqe.getTokenAt({ line, ch: from.ch + 1 }).end;
    const to = { line, ch: Math.max(ends, from.ch + 1) };
    this.mark = this.yasqe.markText(from, to, { className: "wrong" });
    this.yasqe.setCursor(from);
    this.yasqe.scrollIntoView(from, 60);
  }

  private async learn(): Promise<void> {
    const known = await read<Parameters<typeof completer>[0]>("query/words", {}, new AbortController().signal);
    Yasqe.registerAutocompleter(completer(known), false);
    await this.yasqe.enableCompleter("house");
  }
}
