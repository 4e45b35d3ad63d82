// The editor of queries: YASQE, told of the words and names that this graph knows.
import "@zazuko/yasqe/build/yasqe.min.css";
import Yasqe from "@zazuko/yasqe";
import { read } from "../service";
import type { Problem } from "./answers";
import { Choosing } from "./choosing";
import { Completing, type Known } from "./completing";

// Two of these ask another host, and none can do without a list that is drawn late.
Yasqe.defaults.autocompleters = [];

/** An editor in the place of a form's text field, which it keeps in step for the form. */
export class Editor {
  private readonly yasqe: Yasqe;
  private mark: { clear(): void } | undefined;
  private readonly choosing: Choosing;

  constructor(place: HTMLElement, label: string, run: () => void) {
    this.yasqe = new Yasqe(place, {
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
        "Ctrl-Space": () => this.choosing.ask(),
        "Ctrl-/": () => this.yasqe.commentLines(),
      },
    });
    this.choosing = new Choosing(this.yasqe);
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
    // The service counts characters, the editor the units that they take.
    const before = [...(this.yasqe.getLine(line) ?? "")].slice(0, (problem.column ?? 1) - 1).join("");
    const from = { line, ch: before.length };
    const ends = this.yasqe.getTokenAt({ line, ch: from.ch + 1 }).end;
    const to = { line, ch: Math.max(ends, from.ch + 1) };
    this.mark = this.yasqe.markText(from, to, { className: "wrong" });
    this.yasqe.setCursor(from);
    this.yasqe.scrollIntoView(from, 60);
  }

  private async learn(): Promise<void> {
    try {
      const known = await read<Known>("query/words", {}, new AbortController().signal);
      this.choosing.learn(new Completing(known));
    } catch {
      // Without the words of the vocabulary queries are written as they would be elsewhere.
    }
  }
}
