// A query under way: how long it has taken of the time it has, and the button that ends it.
import { make } from "../elements";

const TICK_MS = 100;

/** Shows that something is under way, one thing at a time. */
export class Running {
  readonly element = make("div", { class: "running", hidden: true });
  private readonly told = make("span", { role: "status" });
  private readonly bar = make("progress", { "aria-label": "Time taken of the time allowed" });
  private work: AbortController | undefined;

  /**
   * @param seconds how long a query may take
   * @param stopped is called when somebody has ended one
   */
  constructor(
    private readonly seconds: number,
    private readonly stopped: () => void,
  ) {
    const cancel = make("button", { type: "button" }, "Cancel");
    cancel.addEventListener("click", () => this.cancel());
    this.bar.max = seconds;
    this.element.append(this.bar, " ", cancel, " ");
    this.element.after(this.told);
  }

  /** Do something that may be cancelled; what was under way before is ended. */
  async during(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.work?.abort();
    const turn = new AbortController();
    this.work = turn;
    const began = performance.now();
    if (!this.told.isConnected) this.element.after(this.told);
    this.told.textContent = `Asking; a query may take ${this.seconds} seconds.`;
    this.element.hidden = false;
    const clock = setInterval(() => (this.bar.value = (performance.now() - began) / 1000), TICK_MS);
    try {
      await work(turn.signal);
    } finally {
      clearInterval(clock);
      if (this.work === turn) this.end(`${((performance.now() - began) / 1000).toFixed(2)} seconds`);
    }
  }

  private cancel(): void {
    this.work?.abort();
    this.work = undefined;
    this.end("Cancelled. The service has stopped working on it.");
    this.stopped();
  }

  private end(words: string): void {
    this.element.hidden = true;
    this.told.textContent = words;
  }
}
