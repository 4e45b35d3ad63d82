// The chart of an answer: one column of names, one or several columns of numbers.
import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip } from "chart.js";
import { make } from "../elements";
import type { Cell, Table } from "./answers";
import { amount, compared, numeric } from "./table";

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

const MOST_NAMES = 60;
const COLOURS = ["--gold", "--silver", "--bronze", "--link", "--good", "--bad"];
const LIKE: Record<string, string> = { gold: "--gold", silver: "--silver", bronze: "--bronze" };

/** Return the chart of a table; it needs a column that is no number, and one that is. */
export function chartOf(table: Table): HTMLElement {
  const places = table.columns.map((_, place) => place);
  // Where all are numbers the first is what the others are told of, such as a year.
  const names = places.find((place) => !numeric(table, place)) ?? 0;
  const numbers = places.filter((place) => place !== names && numeric(table, place));
  if (numbers.length === 0) {
    return make("p", {}, "A chart needs a column of names and one of numbers, such as ?team and ?gold.");
  }
  const isTime = table.rows.every((row) => /^\d{4}(-\d\d)*$/.test(row[names]?.text ?? ""));
  const ordered = isTime ? table.rows.toSorted((one, other) => compared(one[names], other[names])) : table.rows;
  const rows = ordered.slice(0, MOST_NAMES);
  const canvas = make("canvas", { role: "img", "aria-label": described(table, names, numbers) });
  const style = getComputedStyle(document.documentElement);
  Chart.defaults.color = style.getPropertyValue("--ink");
  Chart.defaults.borderColor = style.getPropertyValue("--line");
  Chart.defaults.font.family = style.getPropertyValue("--sans");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  new Chart(canvas, {
    type: isTime ? "line" : "bar",
    data: {
      labels: rows.map((row) => row[names]?.text ?? ""),
      datasets: numbers.map((place, at) => {
        const name = table.columns[place] ?? "";
        const colour = style.getPropertyValue(LIKE[name.toLowerCase()] ?? COLOURS[at % COLOURS.length] ?? "--link");
        const values = rows.map((row) => drawable(row[place]));
        return { label: name, data: values, backgroundColor: colour, borderColor: colour };
      }),
    },
    options: {
      ...(still ? { animation: false as const } : {}),
      maintainAspectRatio: false,
      locale: "en",
      indexAxis: isTime ? "x" : "y",
      scales: { x: { beginAtZero: true } },
    },
  });
  const note = rows.length < table.total ? `The first ${rows.length} of ${table.total.toLocaleString("en")} rows.` : "";
  const height = isTime ? "short" : rows.length > 20 ? "tall" : "middle";
  return make("div", {}, make("div", { class: `chart ${height}` }, canvas), make("p", { class: "quiet" }, note));
}

/** Return a number; nothing for what is not there or has no end, which is not nought. */
function drawable(cell: Cell | undefined): number | null {
  const found = amount(cell);
  return Number.isFinite(found) ? found : null;
}

function described(table: Table, names: number, numbers: number[]): string {
  const columns = numbers.map((place) => table.columns[place]).join(", ");
  return `Chart of ${columns} by ${table.columns[names] ?? ""}; the table has the same numbers.`;
}
