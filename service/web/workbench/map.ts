// The map of an answer: where the places of its rows are, or what it gives as latitude and longitude.
import { geoNaturalEarth1, geoPath } from "d3-geo";
import positions from "host-positions";
import { feature } from "topojson-client";
import land from "world-atlas/land-110m.json";
import { make } from "../elements";
import { element } from "../svg";
import type { Cell, Table } from "./answers";
import { LATITUDE, LONGITUDE, PLACE } from "./places";
import { amount } from "./table";

const [WIDTH, HEIGHT] = [960, 500];
const [SMALLEST, LARGEST] = [6, 40];
/** How many rows of one place are told beside its circle. */
const MOST_ROWS = 20;

interface Spot {
  at: [longitude: number, latitude: number];
  page: string;
  name: string;
  rows: string[];
}

/** Return the map of a table, and in words what it does not show. */
export function mapOf(table: Table): HTMLElement {
  const { spots, unknown } = spotsOf(table);
  const drawn = projected(spots);
  const note = "Positions are those of GeoNames (CC BY 4.0), coasts those of Natural Earth.";
  const missing = unknown.size > 0 ? `Not on the map: ${[...unknown].join(", ")}. ` : "";
  return make("figure", { class: "map" }, drawn, make("figcaption", { class: "quiet" }, missing, note));
}

function spotsOf(table: Table): { spots: Spot[]; unknown: Set<string> } {
  const found = new Map<string, Spot>();
  const unknown = new Set<string>();
  const latitude = table.columns.findIndex((name) => LATITUDE.test(name));
  const longitude = table.columns.findIndex((name) => LONGITUDE.test(name));
  for (const row of table.rows) {
    const given = position(row[longitude], row[latitude]);
    const isGiven = latitude >= 0 && longitude >= 0;
    const place = row.find((cell) => PLACE.test(cell.entity)) ?? (isGiven ? row[0] : undefined);
    if (!place) continue;
    const at = given ?? positions[PLACE.exec(place.entity)?.[1] ?? ""];
    if (!at) {
      unknown.add(place.text);
      continue;
    }
    const key = at.join(" ");
    const spot = found.get(key) ?? { at, page: place.page, name: place.text, rows: [] };
    spot.rows.push(rest(row, place));
    found.set(key, spot);
  }
  return { spots: [...found.values()], unknown };
}

/** Return where something is; nothing if it is nowhere on this Earth. */
function position(longitude: Cell | undefined, latitude: Cell | undefined): Spot["at"] | undefined {
  const at: Spot["at"] = [amount(longitude), amount(latitude)];
  return Math.abs(at[0]) <= 180 && Math.abs(at[1]) <= 90 ? at : undefined;
}

/** Return what a row says besides its place. */
function rest(row: Cell[], place: Cell): string {
  return row.filter((cell) => cell !== place && cell.text).map((cell) => cell.text).join(", ");
}

function projected(spots: Spot[]): SVGElement {
  const coasts = feature(land as never, (land as { objects: { land: unknown } }).objects.land as never);
  const projection = geoNaturalEarth1().fitSize([WIDTH, HEIGHT], { type: "Sphere" });
  const path = geoPath(projection);
  const map = element("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": "Map of the places in the answer" });
  map.append(element("path", { class: "sea", d: path({ type: "Sphere" }) ?? "" }), element("path", { class: "land", d: path(coasts) ?? "" }));
  // The largest first, so that none hides a smaller one.
  for (const spot of spots.toSorted((one, other) => other.rows.length - one.rows.length)) {
    const [x, y] = projection(spot.at) ?? [0, 0];
    map.append(marked(spot, x, y));
  }
  return map;
}

function marked(spot: Spot, x: number, y: number): SVGElement {
  const rows = spot.rows.filter(Boolean);
  const more = rows.length - MOST_ROWS;
  const said = rows.slice(0, MOST_ROWS).join("; ") + (more > 0 ? `; and ${more.toLocaleString("en")} more` : "");
  const words = said ? `${spot.name}: ${said}` : spot.name;
  const title = element("title", {}, words);
  const circle = element("circle", { cx: x, cy: y, r: Math.min(SMALLEST * Math.sqrt(spot.rows.length), LARGEST) });
  if (!spot.page) {
    circle.append(title);
    return circle;
  }
  const link = element("a", { href: spot.page, "aria-label": words });
  link.append(title, circle);
  return link;
}
