// The canvas of a board with what stands about it: tools, legend, the thing looked at, filters.
import { make } from "../elements";
import { wrong } from "../service";
import { counted } from "../words";
import { cardOf, legendOf, linkCardOf, panelOf } from "./beside";
import { Canvas, PICTURE_SCALE } from "./canvas";
import { captionOf, captioned } from "./caption";
import { Deeds } from "./deeds";
import { svgOf } from "./drawing";
import { Board } from "./state";
import { type Told, board as read } from "./told";

export class Explorer {
  private readonly box = make("div", { class: "canvas", role: "img", "aria-label": "The board. The list has all that is drawn here." });
  private readonly panel = make("section", { class: "looked", "aria-label": "The thing that is looked at" });
  private readonly legend = make("ul", { class: "legend", "aria-label": "What the shapes mean" });
  private readonly card = make("div", { class: "card", hidden: true });
  private readonly status = make("p", { class: "quiet", role: "status" });
  private readonly undo = tool("Undo", () => this.deeds.undo());
  private readonly redo = tool("Redo", () => this.deeds.redo());
  private readonly canvas: Canvas;
  private readonly deeds: Deeds;
  private told: Told | undefined;
  /** What the board was asked for that is drawn, but for the places of things. */
  private lies = "";
  private onPath: ReadonlySet<string> = new Set();
  private asked: AbortController | undefined;

  /**
   * @param list - what the canvas stands for.
   * @param first - the board of this address, which was asked for while this was fetched.
   */
  constructor(
    list: HTMLElement,
    private first: Promise<Told> | undefined,
  ) {
    const tools = make("div", { class: "tools", role: "toolbar", "aria-label": "Board" }, this.undo, this.redo,
      tool("Fit", () => this.canvas.fit()), tool("Nearer", () => this.canvas.zoom(1.4)), tool("Farther", () => this.canvas.zoom(1 / 1.4)),
      tool("Clear", () => this.deeds.do(this.deeds.now.clear())), tool("Save as PNG", () => void this.savePng()), tool("Save as SVG", () => this.saveSvg()));
    const stage = make("div", { class: "stage" }, this.box, this.card);
    list.before(make("section", { class: "explorer", "aria-label": "Canvas" }, tools, make("div", { class: "above" }, this.legend, this.status), make("div", { class: "board" }, stage, this.panel)));
    list.hidden = true;
    this.canvas = new Canvas(this.box, {
      look: (name) => this.deeds.turn(this.deeds.now.look(name)),
      open: (way, pages) => this.deeds.do(this.deeds.now.open(way, pages)),
      move: (name, place) => this.deeds.do(this.deeds.now.pin(name, place)),
      showThing: (thing, at) => this.told && this.point(cardOf(thing, this.told), at),
      showLink: (link, at) => this.told && this.point(linkCardOf(link, this.told), at),
      hide: () => (this.card.hidden = true),
    });
    this.deeds = new Deeds(Board.at(location.search), (board) => void this.show(board));
    this.listen();
    void this.show(this.deeds.now);
  }

  private async show(board: Board): Promise<void> {
    this.asked?.abort();
    const turn = new AbortController();
    this.asked = turn;
    this.undo.disabled = !this.deeds.canUndo;
    this.redo.disabled = !this.deeds.canRedo;
    this.carry(board);
    const lies = String(board.with("pin", []).params);
    if (this.told && lies === this.lies) return this.hold(this.told, board);
    try {
      const asked = this.first ?? read(board.params, turn.signal);
      this.first = undefined;
      const told = await asked;
      if (this.asked !== turn) return;
      this.lies = lies;
      await this.draw(told, board);
    } catch (error) {
      if (!turn.signal.aborted) this.status.replaceChildren(`${wrong(error)} The board is drawn as it was. `, tool("Try again", () => void this.show(board)));
    }
  }

  private async draw(told: Told, board: Board): Promise<void> {
    this.told = told;
    this.card.hidden = true;
    this.legend.replaceChildren(...legendOf(told));
    await this.canvas.draw(told, board, this.onPath);
    if (this.told !== told) return;
    offer(told, board);
    this.tell(told, board);
  }

  /** Show the same board with other things held in their places. */
  private hold(told: Told, board: Board): void {
    this.canvas.hold(board);
    this.tell(told, board);
  }

  private tell(told: Told, board: Board): void {
    const inPanel = this.panel.contains(document.activeElement);
    const deeds = {
      place: (name: string) => this.canvas.place(name),
      act: (next: Board) => this.deeds.do(next),
      letGo: (name: string) => this.canvas.forget(name),
    };
    this.panel.replaceChildren(...panelOf(told, board, deeds));
    // Who pressed a button there would else lose the place.
    if (inPanel) this.panel.querySelector<HTMLElement>("#looked-at")?.focus();
    const left = told.left_out ? ` ${told.left_out.toLocaleString("en")} more ${told.left_out === 1 ? "has" : "have"} no place: close a group, or filter.` : "";
    this.status.textContent = told.things.length
      ? `${counted(told.things.length, "thing")}, ${counted(told.links.length, "link")}.${left}`
      : "The board is empty. Put something on it by name, or undo.";
  }

  /** Let the forms and links of the page lead on from the board as it is now. */
  private carry(board: Board): void {
    for (const form of document.querySelectorAll<HTMLFormElement>("main form")) {
      const isFilter = form.id === "board-filter";
      if (!form.querySelector("input[data-board]") && !isFilter && !form.classList.contains("board-find")) continue;
      for (const field of form.querySelectorAll("input[data-board]")) field.remove();
      for (const [name, value] of board.params) {
        if (name === "at" || (isFilter && (name === "class" || name === "games"))) continue;
        form.append(make("input", { type: "hidden", name, value, "data-board": true }));
      }
    }
    for (const link of document.querySelectorAll<HTMLAnchorElement>("#board-files a")) {
      link.href = board.href({ format: new URL(link.href).searchParams.get("format") ?? "json" });
    }
    for (const link of document.querySelectorAll<HTMLAnchorElement>(".views a")) {
      link.href = board.with("view", [new URL(link.href).searchParams.get("view") ?? "list"]).href();
    }
  }

  private listen(): void {
    const filter = document.querySelector<HTMLFormElement>("#board-filter");
    filter?.addEventListener("submit", (event) => {
      event.preventDefault();
      const said = new FormData(filter);
      const games = String(said.get("games") ?? "");
      this.deeds.do(this.deeds.now.with("class", said.getAll("class").map(String)).with("games", games ? [games] : []));
    });
    document.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLElement>("a[data-put]");
      if (!link) return;
      event.preventDefault();
      const paths = (link.dataset["put"] ?? "").split("|").map((path) => path.split(" "));
      this.onPath = new Set(paths.flatMap((names) => [...names, ...names.slice(1).flatMap((name, at) => [`${names[at]} ${name}`, `${name} ${names[at]}`])]));
      this.deeds.do(this.deeds.now.put(...new Set(paths.flat())));
      this.box.scrollIntoView({ block: "nearest" });
    });
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || (event.target as Element).matches("input, textarea, select")) return;
      if (event.key === "z" && !event.shiftKey) this.deeds.undo();
      else if (event.key === "y" || (event.key === "Z" && event.shiftKey)) this.deeds.redo();
      else return;
      event.preventDefault();
    });
  }

  private point(content: Node[], at: { x: number; y: number }): void {
    this.card.replaceChildren(...content);
    this.card.hidden = false;
    const { clientWidth: width, clientHeight: height } = this.box;
    this.card.style.left = `${Math.max(0, Math.min(at.x + 14, width - this.card.offsetWidth))}px`;
    this.card.style.top = `${Math.max(0, Math.min(at.y + 14, height - this.card.offsetHeight))}px`;
  }

  private async savePng(): Promise<void> {
    if (!this.told?.things.length) return;
    const caption = captionOf(this.told, this.deeds.now.href());
    save(await captioned(await this.canvas.png(), caption, PICTURE_SCALE), "board.png");
  }

  private saveSvg(): void {
    if (!this.told?.things.length) return;
    const drawing = svgOf(this.canvas.laid(), captionOf(this.told, this.deeds.now.href()));
    save(new Blob([drawing], { type: "image/svg+xml" }), "board.svg");
  }
}

/** Let the filters of the page say what is chosen, and offer the classes that came onto the board. */
function offer(told: Told, board: Board): void {
  const place = document.querySelector<HTMLElement>("#board-classes");
  const games = document.querySelector<HTMLSelectElement>("#board-filter select[name=games]");
  if (!place) return;
  const known = new Set([...place.querySelectorAll("input")].map((box) => box.value));
  for (const { classes, plural } of told.things) {
    const name = classes[0];
    if (!name || known.has(name)) continue;
    known.add(name);
    place.append(make("label", {}, make("input", { type: "checkbox", name: "class", value: name }), " ", plural));
  }
  const chosen = new Set(board.all("class"));
  for (const box of place.querySelectorAll("input")) box.checked = chosen.has(box.value);
  if (games) games.value = board.one("games");
}

function tool(name: string, act: () => void): HTMLButtonElement {
  const button = make("button", { type: "button", class: "small" }, name);
  button.addEventListener("click", act);
  return button;
}

function save(content: Blob, name: string): void {
  const href = URL.createObjectURL(content);
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1_000);
}
