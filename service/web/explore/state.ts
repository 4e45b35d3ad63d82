// A board as its address spells it; what somebody does to it gives another address.
import { address } from "../service";
import type { Group } from "./told";

type Pair = [name: string, value: string];

/** The parameters that spell a board; the same ones as the list view has. */
const PARTS = new Set(["thing", "open", "without", "class", "games", "look", "pin", "view", "at"]);

/** Return how an address spells a group of links, without the number of its pages. */
export function wayOf(thing: string, group: Group): string {
  return `${thing} ${group.direction} ${group.property} ${group.class}`;
}

/** One board. It never changes; each deed returns another. */
export class Board {
  private constructor(private readonly pairs: readonly Pair[]) {}

  static at(search: string): Board {
    const pairs = [...new URLSearchParams(search)].filter(([name]) => PARTS.has(name));
    return new Board(pairs);
  }

  get params(): URLSearchParams {
    return new URLSearchParams(this.pairs.map((pair) => [...pair]));
  }

  /** The address of the page of this board, with other parameters after its own. */
  href(more: Record<string, string> = {}): string {
    const where = address("explore");
    where.search = String(new URLSearchParams([...this.pairs, ...Object.entries(more)].map((pair) => [...pair])));
    return where.href;
  }

  all(name: string): string[] {
    return this.pairs.filter(([key]) => key === name).map(([, value]) => value);
  }

  one(name: string): string {
    return this.all(name)[0] ?? "";
  }

  /** Put things on the board, and look at the last of them. */
  put(...names: string[]): Board {
    const kept = this.pairs.filter(([key, value]) => !(key === "without" && names.includes(value)));
    const known = new Set(this.all("thing"));
    const more = names.filter((name) => !known.has(name)).map((name): Pair => ["thing", name]);
    return new Board([...kept, ...more]).look(names.at(-1) ?? "");
  }

  /** Take a thing away, with what was opened of it. */
  take(name: string): Board {
    const kept = this.pairs.filter(([key, value]) => {
      if (key === "thing" || key === "look") return value !== name;
      return !((key === "open" || key === "pin") && value.split(" ")[0] === name);
    });
    return new Board([...kept, ["without", name]]);
  }

  /** Take everything away. */
  clear(): Board {
    return new Board(this.pairs.filter(([key]) => key === "view" || key === "at"));
  }

  look(name: string): Board {
    return this.with("look", name ? [name] : []);
  }

  /** Open pages of a group of links of a thing, or close it with none. */
  open(way: string, pages = 1): Board {
    const kept = this.pairs.filter(([key, value]) => !(key === "open" && value.slice(0, value.lastIndexOf(" ")) === way));
    return new Board(pages ? [...kept, ["open", `${way} ${pages}`]] : kept);
  }

  /** Hold a thing where it lies, or let it go. */
  pin(name: string, place?: { x: number; y: number }): Board {
    const kept = this.pairs.filter(([key, value]) => !(key === "pin" && value.split(" ")[0] === name));
    const pinned: Pair[] = place ? [["pin", `${name} ${Math.round(place.x)} ${Math.round(place.y)}`]] : [];
    return new Board([...kept, ...pinned]);
  }

  /** The places of the things that are held. */
  get pins(): Map<string, { x: number; y: number }> {
    return new Map(
      this.all("pin").map((text) => {
        const [name = "", x, y] = text.split(" ");
        return [name, { x: Number(x), y: Number(y) }];
      }),
    );
  }

  with(name: string, values: string[]): Board {
    const kept = this.pairs.filter(([key]) => key !== name);
    return new Board([...kept, ...values.map((value): Pair => [name, value])]);
  }
}
