// Shows an answer: its rows or statements, what it can also be seen as, and what goes with it.
import { make } from "../elements";
import { counted } from "../words";
import type { Answer, Description, Table } from "./answers";
import { shown } from "./cells";
import { citation } from "./citing";
import { hasPlaces } from "./places";
import { tableOf } from "./table";

const NAMES: Record<string, string> = {
  json: "JSON", xml: "XML", csv: "CSV", tsv: "TSV", turtle: "Turtle", ntriples: "N-Triples",
  rdfxml: "RDF/XML", jsonld: "JSON-LD", trig: "TriG", nquads: "N-Quads", parquet: "Parquet",
};
const HEADING = "answer";

/** Return all that is shown of an answer. */
export function resultsOf(answer: Answer, snapshot: string): HTMLElement {
  const heading = make("h2", { id: HEADING, tabindex: -1 }, headingOf(answer));
  return make("section", { "aria-labelledby": HEADING }, heading, ...body(answer), ...beside(answer, snapshot));
}

function headingOf({ table, description, yes }: Answer): string {
  if (table) return counted(table.total, "row");
  if (description) return counted(description.total, "statement");
  return yes ? "Yes" : "No";
}

function body(answer: Answer): Node[] {
  const { table, description, yes } = answer;
  if (table?.total) return [partly(table.rows.length, table.total), views(answer, viewsOf(table))];
  if (description?.total) return [partly(description.shown, description.total), views(answer, [statementsOf(description)])];
  if (yes) return [make("p", {}, "The graph holds what the query asks for.")];
  const why = asks(answer.why, yes === false ? "Why is this so?" : "Why is this empty?", answer.posted);
  const said = yes === false ? "The graph does not hold what the query asks for. " : "The query is fine, and nothing in the graph matches all of it. ";
  return [make("div", {}, said, why)];
}

function partly(part: number, whole: number): Node {
  if (part >= whole) return document.createDocumentFragment();
  const words = `The first ${part.toLocaleString("en")} are shown here. The links below give all of them.`;
  return make("p", { class: "note" }, words);
}

type View = [button: HTMLButtonElement, drawn: () => Promise<HTMLElement>];

function viewsOf(table: Table): View[] {
  return [
    view("Table", async () => tableOf(table, HEADING)),
    view("Chart", async () => (await import("./chart")).chartOf(table)),
    ...(hasPlaces(table) ? [view("Map", async () => (await import("./map")).mapOf(table))] : []),
  ];
}

function statementsOf(description: Description): View {
  return view("Statements", async () => make("div", {}, ...statements(description)));
}

/** The ways to see an answer: in words, and drawn, which is fetched when it is wanted. */
function views(answer: Answer, ways: View[]): HTMLElement {
  const place = make("div");
  const buttons = [...ways, view("Graph", async () => (await import("./graph")).graphOf(answer))];
  const all = make("div", { class: "views", role: "group", "aria-label": "Show the answer as" }, ...buttons.map(([one]) => one));
  for (const [button, drawn] of buttons) {
    button.addEventListener("click", () => {
      for (const [other] of buttons) other.setAttribute("aria-pressed", String(other === button));
      const isWanted = (): boolean => button.getAttribute("aria-pressed") === "true";
      const missing = (): HTMLElement => make("p", { role: "alert" }, "This view could not be fetched. Reload the page, and choose it again.");
      void drawn().catch(missing).then((element) => isWanted() && place.replaceChildren(element));
    });
  }
  buttons[0]?.[0].click();
  return make("div", {}, all, place);
}

function view(name: string, drawn: () => Promise<HTMLElement>): View {
  return [make("button", { type: "button", class: "plain", "aria-pressed": "false" }, name), drawn];
}

function statements(description: Description): Node[] {
  return description.nodes.map((node) => {
    const list = make("dl");
    for (const { name, values } of node.properties) {
      list.append(make("dt", {}, shown(name)), ...values.map((value) => make("dd", {}, shown(value), short(value.short))));
    }
    return make("section", { class: "node" }, make("h3", {}, shown(node.name), short(node.name.short)), list);
  });
}

function short(name: string): Node {
  return name ? make("small", { class: "short" }, ` ${name}`) : document.createDocumentFragment();
}

function beside(answer: Answer, snapshot: string): Node[] {
  const links = answer.downloads.flatMap(([format, address]) => [
    asks(address, NAMES[format] ?? format, answer.posted),
    " ",
  ]);
  const found: Node[] = [make("div", { class: "downloads" }, "The whole answer as ", ...links)];
  if (answer.posted) found.push(make("p", { class: "quiet" }, "The query is too long for an address, so that this answer has no link."));
  if (answer.permalink) {
    const link = make("a", { href: answer.permalink, rel: "bookmark nofollow" }, "Permanent link");
    found.push(make("p", { class: "quiet" }, link, " to this answer, whatever changes later."), citation(answer, snapshot));
  }
  if (answer.cite && answer.table?.total) {
    found.push(make("div", { class: "quiet" }, asks(answer.cite, "Which sources say this?", answer.posted)));
  }
  return found;
}

/** Return what leads to an address: a link, or the form that sends a query with it. */
function asks(address: string, words: string, posted: string): HTMLElement {
  if (!posted) return make("a", { href: address, rel: "nofollow" }, words);
  const query = make("input", { type: "hidden", name: "query", value: posted });
  return make("form", { class: "asks", action: address, method: "post" }, query, make("button", { class: "plain" }, words));
}
