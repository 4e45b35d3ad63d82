// How the list of completions is worked: what Enter does, and how it is called.
import Yasqe from "@zazuko/yasqe";

/** What CodeMirror takes for "not mine"; Yasqe is one, which its types do not tell. */
const PASS = (Yasqe as unknown as { Pass: unknown }).Pass;

interface List {
  moveFocus(steps: number): void;
  pick(): void;
  close(): void;
}

interface Editing {
  getCompleteToken(): { string: string };
  getValue(): string;
  execCommand(name: string): void;
}

/**
 * Tell whether Enter is meant for the list, as nobody has finished what it would complete.
 *
 * @param isName tells whether a word is the whole name of something
 */
export class Choosing {
  private hasMoved = false;

  constructor(private readonly isName: (word: string) => boolean) {}

  /** What the keys do while the list is open. */
  readonly keys = {
    Up: (_editor: Editing, list: List): void => this.move(list, -1),
    Down: (_editor: Editing, list: List): void => this.move(list, 1),
    // As always it leaves the editor (WCAG 2.1.2).
    Tab: (_editor: Editing, list: List): unknown => {
      list.close();
      return PASS;
    },
    Enter: (editor: Editing, list: List): void => {
      if (this.hasMoved || !this.isWhole(editor)) return list.pick();
      list.close();
      editor.execCommand("newlineAndIndent");
    },
  };

  /** Name each list when it is shown, and keep the tab key from stopping at it. */
  watch(yasqe: Yasqe): void {
    yasqe.on("autocompletionShown", (_yasqe, widget: { hints: HTMLElement }) => {
      this.hasMoved = false;
      widget.hints.setAttribute("aria-label", "Completions");
      widget.hints.tabIndex = -1;
    });
  }

  private move(list: List, steps: number): void {
    this.hasMoved = true;
    list.moveFocus(steps);
  }

  private isWhole(editor: Editing): boolean {
    const word = editor.getCompleteToken().string;
    if (!/^[?$]/.test(word)) return this.isName(word);
    // A variable that stands elsewhere too is no beginning of another.
    return (editor.getValue().match(/[?$][\p{L}\p{N}_]+/gu) ?? []).filter((one) => one === word).length > 1;
  }
}
