// The list of completions: it is always of the word as it stands, so that a key does what the list shows.
import Yasqe from "@zazuko/yasqe";
import type { Completing, Completion } from "./completing";

/** What is used of CodeMirror; Yasqe is one, which its types do not tell. */
interface CodeMirror {
  state: { completionActive?: { widget?: { hints: HTMLElement } | null } | null };
  on(event: "cursorActivity" | "blur", told: () => void): void;
  on(event: "changes", told: (editor: unknown, changes: { origin?: string }[]) => void): void;
  showHint(how: object): void;
  closeHint(): void;
  lineCount(): number;
  getLineTokens(line: number): { type: string | null; string: string }[];
}

const { Pass: PASS, on } = Yasqe as unknown as {
  /** What a key returns that is not for the list. */
  Pass: unknown;
  on(data: object, event: "select", told: (one: { text: string }) => void): void;
};

/** The open list, as CodeMirror gives it to a key. */
interface List {
  moveFocus(steps: number, stopsAtEnds?: boolean): void;
  menuSize(): number;
  pick(): void;
}

interface Word {
  text: string;
  from: { line: number; ch: number };
  to: { line: number; ch: number };
}

/** A word that is being written: a prefixed name, or the beginning of any name. */
const WORD = /^[\p{L}\p{N}_-]*:?[\p{L}\p{N}_.-]*$/u;
const VARIABLE = /^[?$]/;
/** Where a change comes from that somebody makes who writes. */
const WRITTEN = /^[+*]/;

/** Shows what the word at the cursor may become, and lets one be chosen. */
export class Choosing {
  private readonly codeMirror: CodeMirror;
  /** What names are completed by, once it is there. */
  private completing: Completing | undefined;
  /** Ends what is still asked about the word for which there is a list, or would be if more were known. */
  private offering: AbortController | undefined;
  /** Where the word begins for which somebody asked, instead of only writing it. */
  private asked: Word["from"] | undefined;
  private shown: Completion[] = [];
  private chosen = "";
  private hasMoved = false;

  constructor(private readonly yasqe: Yasqe) {
    this.codeMirror = yasqe as unknown as CodeMirror;
    // CodeMirror tells that the cursor has moved before it tells what was written.
    this.codeMirror.on("cursorActivity", () => this.close());
    this.codeMirror.on("changes", (_editor, changes) => {
      if (changes.every(({ origin }) => WRITTEN.test(origin ?? ""))) this.offer();
      else this.close();
    });
    this.codeMirror.on("blur", () => this.endOffer());
  }

  /** Complete names as well from now on, also the one that somebody is writing. */
  learn(completing: Completing): void {
    this.completing = completing;
    if (this.offering) this.offer();
  }

  /** Offer completions of the word at the cursor although nobody has just written at it. */
  ask(): void {
    const { line } = this.yasqe.getDoc().getCursor();
    this.asked = { line, ch: this.yasqe.getCompleteToken().start };
    this.offer();
  }

  private offer(): void {
    this.close();
    const word = this.word();
    if (!word) return;
    this.offering = new AbortController();
    if (VARIABLE.test(word.text)) return this.show(word, this.variablesFor(word.text));
    if (!this.completing) return;
    this.show(word, this.completing.atOnce(word.text));
    void this.addNames(word, this.completing, this.offering.signal);
  }

  private async addNames(word: Word, completing: Completing, signal: AbortSignal): Promise<void> {
    const all = await completing.withNames(word.text, signal);
    if (signal.aborted) return;
    if (all.length === this.shown.length && all.every(({ text }, place) => text === this.shown[place]?.text)) return;
    // Who has chosen already has not chosen in vain.
    const chosen = this.hasMoved ? this.shown.find(({ text }) => text === this.chosen) : undefined;
    this.show(word, chosen && !all.some(({ text }) => text === chosen.text) ? [chosen, ...all] : all, chosen);
  }

  /** Return the word at the cursor; nothing if it is none that may be completed. */
  private word(): Word | undefined {
    if (this.yasqe.getDoc().somethingSelected()) return undefined;
    const { line } = this.yasqe.getDoc().getCursor();
    const { type, string: text, start, end } = this.yasqe.getCompleteToken();
    const word = { text, from: { line, ch: start }, to: { line, ch: end } };
    if (type === "string" || type === "comment" || type === "keyword") return undefined;
    if (VARIABLE.test(text)) return word;
    const isAsked = this.asked?.line === line && this.asked.ch === start;
    // LIMIT begins some names too; unasked, no list may stand between it and the Enter key.
    return text.length > 1 && WORD.test(text) && (text.includes(":") || isAsked) ? word : undefined;
  }

  private show({ from, to }: Word, completions: Completion[], chosen?: Completion): void {
    this.codeMirror.closeHint();
    this.shown = completions;
    this.hasMoved = chosen !== undefined;
    if (completions.length === 0) return;
    const list = completions.map(({ text, about }) => ({ text, displayText: about ? `${text} (${about})` : text }));
    const found = { list, from, to, selectedHint: Math.max(completions.findIndex(({ text }) => text === chosen?.text), 0) };
    on(found, "select", ({ text }) => (this.chosen = text));
    this.codeMirror.showHint({
      hint: () => found,
      container: this.yasqe.rootEl,
      completeSingle: false,
      // CodeMirror would draw the list again with the next frame only, and meanwhile swallow Enter.
      updateOnCursorActivity: false,
      extraKeys: this.keys,
    });
    const drawn = this.codeMirror.state.completionActive?.widget?.hints;
    drawn?.setAttribute("aria-label", "Completions");
    // The tab key does not stop at it.
    if (drawn) drawn.tabIndex = -1;
  }

  private close(): void {
    this.endOffer();
    this.codeMirror.closeHint();
  }

  private endOffer(): void {
    this.offering?.abort();
    this.offering = undefined;
  }

  private readonly keys = {
    Up: (_editor: unknown, list: List): void => this.move(list, -1),
    Down: (_editor: unknown, list: List): void => this.move(list, 1),
    PageUp: (_editor: unknown, list: List): void => this.move(list, 1 - list.menuSize(), true),
    PageDown: (_editor: unknown, list: List): void => this.move(list, list.menuSize() - 1, true),
    Home: (): unknown => PASS,
    End: (): unknown => PASS,
    Esc: (): void => this.leave(),
    // As always it leaves the editor (WCAG 2.1.2).
    Tab: (): unknown => {
      this.leave();
      return PASS;
    },
    Enter: (_editor: unknown, list: List): void => {
      const isMeant = this.hasMoved || !this.isWhole();
      if (isMeant) list.pick();
      this.leave();
      if (!isMeant) this.yasqe.execCommand("newlineAndIndent");
    },
  };

  private move(list: List, steps: number, stopsAtEnds = false): void {
    this.hasMoved = true;
    list.moveFocus(steps, stopsAtEnds);
  }

  private leave(): void {
    this.asked = undefined;
    this.close();
  }

  /** Tell whether nobody has to finish the word at the cursor, so that Enter is not meant for the list. */
  private isWhole(): boolean {
    const word = this.yasqe.getCompleteToken().string;
    if (!VARIABLE.test(word)) return this.completing?.isName(word) ?? false;
    // A variable that stands elsewhere too is no beginning of another.
    return this.variables().filter((one) => one === word).length > 1;
  }

  private variablesFor(written: string): Completion[] {
    const others = new Set(this.variables().filter((one) => one.startsWith(written) && one !== written));
    return [...others].sort().map((text) => ({ text, about: "" }));
  }

  /** Return each variable as often as it stands in the query. */
  private variables(): string[] {
    const lines = Array.from({ length: this.codeMirror.lineCount() }, (_, line) => this.codeMirror.getLineTokens(line));
    return lines.flat().filter(({ type, string }) => type === "atom" && VARIABLE.test(string)).map(({ string }) => string);
  }
}
