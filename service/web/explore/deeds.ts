// What was done to a board: undone and done again, each step with its own address.
import { Board } from "./state";

/** The board that is shown now, and those before and after it. */
export class Deeds {
  private readonly past: Board[] = [];
  private readonly future: Board[] = [];

  constructor(
    private board: Board,
    private readonly show: (board: Board) => void,
  ) {
    addEventListener("popstate", () => {
      this.past.push(this.board);
      this.future.length = 0;
      this.turnTo(Board.at(location.search));
    });
  }

  get now(): Board {
    return this.board;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** Do something that can be undone. */
  do(board: Board): void {
    this.past.push(this.board);
    this.future.length = 0;
    this.go(board);
  }

  /** Change what is looked at, which is no step of its own. */
  turn(board: Board): void {
    history.replaceState(null, "", board.href());
    this.turnTo(board);
  }

  undo(): void {
    const before = this.past.pop();
    if (!before) return;
    this.future.push(this.board);
    this.go(before);
  }

  redo(): void {
    const after = this.future.pop();
    if (!after) return;
    this.past.push(this.board);
    this.go(after);
  }

  private go(board: Board): void {
    history.pushState(null, "", board.href());
    this.turnTo(board);
  }

  private turnTo(board: Board): void {
    this.board = board;
    this.show(board);
  }
}
