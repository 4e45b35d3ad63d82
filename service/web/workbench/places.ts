// What of an answer can be put on a map; apart from the map, which is fetched only if there is something.
import type { Table } from "./answers";

export const PLACE = /\/id\/place\/([^/]+)$/;
export const LATITUDE = /^lat(itude)?$/i;
export const LONGITUDE = /^(lon|long|longitude)$/i;

/** Tell whether the rows of a table name places. */
export function hasPlaces(table: Table): boolean {
  const named = table.rows.some((row) => row.some((cell) => PLACE.test(cell.entity)));
  return named || (table.columns.some((name) => LATITUDE.test(name)) && table.columns.some((name) => LONGITUDE.test(name)));
}
