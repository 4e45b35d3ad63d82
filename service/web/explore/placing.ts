// Where things lie: near what they are linked to, the same each time, and what lay there stays.

export interface Place {
  x: number;
  y: number;
}

type Pair = readonly [string, string];

const APART = 70;
/** Farther than this nothing pushes anything. */
const NEAR = 2 * APART;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const ROUNDS = 120;
const FEWER_ROUNDS = 40;
const MANY = 600;
/** Makes one number of a column and a row of the cells that things lie in. */
const COLUMNS = 2 ** 20;

/**
 * Return a place for each of some things.
 *
 * @param names - the things, what was put on the board first.
 * @param links - pairs of things that are linked.
 * @param held - places that stay as they are.
 */
export function placed(names: readonly string[], links: readonly Pair[], held: ReadonlyMap<string, Place>): Map<string, Place> {
  const beside = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const [one, other] of links) {
    beside.get(one)?.push(other);
    beside.get(other)?.push(one);
  }
  const places = new Map<string, Place>();
  for (const name of names) {
    const place = held.get(name);
    if (place) places.set(name, { ...place });
  }
  const free = names.map((name) => !places.has(name));
  begin(names, beside, places);
  return settled(names, links, places, free);
}

/** Give each thing without a place one in a spiral about what it is linked to first. */
function begin(names: readonly string[], beside: Map<string, string[]>, places: Map<string, Place>): void {
  const around = new Map<string, number>();
  const spread = (hub: string): void => {
    const waiting = [hub];
    for (let next = 0; next < waiting.length; next += 1) {
      const here = waiting[next] ?? hub;
      const centre = places.get(here);
      for (const other of beside.get(here) ?? []) {
        if (places.has(other) || !centre) continue;
        const count = (around.get(here) ?? 0) + 1;
        around.set(here, count);
        places.set(other, spiral(centre, count));
        waiting.push(other);
      }
    }
  };
  for (const name of [...places.keys()]) spread(name);
  let apart = 0;
  for (const name of names) {
    if (places.has(name)) continue;
    // What is linked to nothing there is set outside of what lies there, with room for what hangs on it.
    const reach = places.size ? APART * (Math.sqrt(1.4 * places.size) + Math.sqrt(sizeOf(name, beside, places)) + 0.5) : 0;
    places.set(name, { x: reach * Math.cos(apart * GOLDEN), y: reach * Math.sin(apart * GOLDEN) });
    apart += 1;
    spread(name);
  }
}

/** Return how many things without a place hang together with one. */
function sizeOf(name: string, beside: Map<string, string[]>, places: ReadonlyMap<string, Place>): number {
  const found = new Set([name]);
  for (const one of found) for (const other of beside.get(one) ?? []) if (!places.has(other)) found.add(other);
  return found.size;
}

function spiral(centre: Place, count: number): Place {
  const reach = APART * Math.sqrt(count);
  return { x: centre.x + reach * Math.cos(count * GOLDEN), y: centre.y + reach * Math.sin(count * GOLDEN) };
}

/** Things by their numbers, so that no round looks a name up. */
interface Field {
  x: Float64Array;
  y: Float64Array;
  /** Where each is pushed in this round. */
  dx: Float64Array;
  dy: Float64Array;
  free: readonly boolean[];
}

/** Push apart what lies too near, and draw together what is linked (Fruchterman and Reingold, 1991). */
function settled(names: readonly string[], links: readonly Pair[], places: ReadonlyMap<string, Place>, free: readonly boolean[]): Map<string, Place> {
  const field: Field = {
    x: Float64Array.from(names, (name) => places.get(name)?.x ?? 0),
    y: Float64Array.from(names, (name) => places.get(name)?.y ?? 0),
    dx: new Float64Array(names.length),
    dy: new Float64Array(names.length),
    free,
  };
  const numbers = new Map(names.map((name, at) => [name, at]));
  const pairs = links.flatMap(([one, other]) => {
    const [from, to] = [numbers.get(one), numbers.get(other)];
    return from === undefined || to === undefined ? [] : [[from, to] as const];
  });
  const rounds = free.includes(true) ? (names.length > MANY ? FEWER_ROUNDS : ROUNDS) : 0;
  for (let round = 0; round < rounds; round += 1) {
    field.dx.fill(0);
    field.dy.fill(0);
    repel(field);
    attract(field, pairs);
    move(field, APART * (1 - round / rounds));
  }
  return new Map(names.map((name, at) => [name, { x: field.x[at]!, y: field.y[at]! }]));
}

function move({ x, y, dx, dy, free }: Field, most: number): void {
  for (let at = 0; at < x.length; at += 1) {
    const length = Math.sqrt(dx[at]! * dx[at]! + dy[at]! * dy[at]!);
    if (!free[at] || length === 0) continue;
    const part = Math.min(length, most) / length;
    x[at]! += dx[at]! * part;
    y[at]! += dy[at]! * part;
  }
}

function repel({ x, y, dx, dy, free }: Field): void {
  // Each cell has its first thing, and each thing the next one of its cell.
  const first = new Map<number, number>();
  const next = new Int32Array(x.length).fill(-1);
  for (let at = 0; at < x.length; at += 1) {
    const cell = Math.floor(x[at]! / NEAR) * COLUMNS + Math.floor(y[at]! / NEAR);
    next[at] = first.get(cell) ?? -1;
    first.set(cell, at);
  }
  for (let at = 0; at < x.length; at += 1) {
    if (!free[at]) continue;
    const [column, row] = [Math.floor(x[at]! / NEAR), Math.floor(y[at]! / NEAR)];
    for (let cell = 0; cell < 9; cell += 1) {
      const key = (column + Math.floor(cell / 3) - 1) * COLUMNS + row + (cell % 3) - 1;
      for (let other = first.get(key) ?? -1; other >= 0; other = next[other]!) {
        if (other === at) continue;
        const [across, down] = [x[at]! - x[other]! || 0.1, y[at]! - y[other]! || 0.1];
        const squared = across * across + down * down;
        if (squared > NEAR * NEAR) continue;
        const force = (APART * APART) / Math.max(squared, 1);
        dx[at]! += across * force;
        dy[at]! += down * force;
      }
    }
  }
}

function attract({ x, y, dx, dy }: Field, pairs: readonly (readonly [number, number])[]): void {
  for (const [from, to] of pairs) {
    const [across, down] = [x[to]! - x[from]!, y[to]! - y[from]!];
    const force = Math.max(Math.sqrt(across * across + down * down) - APART, 0) / (10 * APART);
    dx[from]! += across * force;
    dy[from]! += down * force;
    dx[to]! -= across * force;
    dy[to]! -= down * force;
  }
}
