// Where things lie: near what they are linked to, the same each time, and what lay there stays.

export interface Place {
  x: number;
  y: number;
}

const APART = 70;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const ROUNDS = 120;
const FEWER_ROUNDS = 40;
const MANY = 600;

/**
 * Return a place for each of some things.
 *
 * @param names - the things, what was put on the board first.
 * @param links - pairs of things that are linked.
 * @param held - places that stay as they are.
 */
export function placed(names: readonly string[], links: readonly (readonly [string, string])[], held: ReadonlyMap<string, Place>): Map<string, Place> {
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
  const free = names.filter((name) => !places.has(name));
  begin(names, beside, places);
  settle(names, links, places, new Set(free));
  return places;
}

/** Give each thing without a place one in a spiral about what it is linked to first. */
function begin(names: readonly string[], beside: Map<string, string[]>, places: Map<string, Place>): void {
  const around = new Map<string, number>();
  let roots = 0;
  const spread = (hub: string): void => {
    const waiting = [hub];
    for (let here = waiting.shift(); here !== undefined; here = waiting.shift()) {
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
  for (const name of names) if (places.has(name)) spread(name);
  for (const name of names) {
    if (places.has(name)) continue;
    places.set(name, spiral({ x: 0, y: 0 }, roots === 0 ? 0 : 9 * roots));
    roots += 1;
    spread(name);
  }
}

function spiral(centre: Place, count: number): Place {
  const reach = APART * Math.sqrt(count);
  return { x: centre.x + reach * Math.cos(count * GOLDEN), y: centre.y + reach * Math.sin(count * GOLDEN) };
}

/** Push apart what lies too near, and draw together what is linked (Fruchterman and Reingold, 1991). */
function settle(names: readonly string[], links: readonly (readonly [string, string])[], places: Map<string, Place>, free: ReadonlySet<string>): void {
  const rounds = names.length > MANY ? FEWER_ROUNDS : ROUNDS;
  for (let round = 0; round < rounds; round += 1) {
    const moves = new Map<string, Place>([...free].map((name) => [name, { x: 0, y: 0 }]));
    repel(places, moves);
    attract(links, places, moves);
    const most = APART * (1 - round / rounds);
    for (const [name, move] of moves) {
      const place = places.get(name);
      const length = Math.hypot(move.x, move.y);
      if (!place || length === 0) continue;
      const part = Math.min(length, most) / length;
      place.x += move.x * part;
      place.y += move.y * part;
    }
  }
}

function repel(places: ReadonlyMap<string, Place>, moves: Map<string, Place>): void {
  const size = 2 * APART;
  const cells = new Map<string, Place[]>();
  const cell = (x: number, y: number): string => `${x} ${y}`;
  for (const place of places.values()) {
    const key = cell(Math.floor(place.x / size), Math.floor(place.y / size));
    const there = cells.get(key);
    if (there) there.push(place);
    else cells.set(key, [place]);
  }
  for (const [name, move] of moves) {
    const place = places.get(name);
    if (!place) continue;
    const [column, row] = [Math.floor(place.x / size), Math.floor(place.y / size)];
    for (let x = column - 1; x <= column + 1; x += 1) {
      for (let y = row - 1; y <= row + 1; y += 1) {
        for (const other of cells.get(cell(x, y)) ?? []) {
          if (other === place) continue;
          const [dx, dy] = [place.x - other.x || 0.1, place.y - other.y || 0.1];
          const far = Math.max(Math.hypot(dx, dy), 1);
          if (far > size) continue;
          const force = (APART * APART) / (far * far);
          move.x += dx * force;
          move.y += dy * force;
        }
      }
    }
  }
}

function attract(links: readonly (readonly [string, string])[], places: ReadonlyMap<string, Place>, moves: Map<string, Place>): void {
  for (const [one, other] of links) {
    const [from, to] = [places.get(one), places.get(other)];
    if (!from || !to) continue;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const force = Math.max(Math.hypot(dx, dy) - APART, 0) / (10 * APART);
    for (const [name, sign] of [[one, 1], [other, -1]] as const) {
      const move = moves.get(name);
      if (!move) continue;
      move.x += sign * dx * force;
      move.y += sign * dy * force;
    }
  }
}
