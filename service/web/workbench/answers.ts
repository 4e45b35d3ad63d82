// What the service says of a query: the form of an answer, and of what went wrong.
import { address } from "../service";

export interface Cell {
  text: string;
  short: string;
  entity: string;
  href: string;
  language: string;
  kind: "iri" | "text" | "number" | "blank" | "none";
  page: string;
  cited: { title: string; page: string }[];
}

export interface Table {
  columns: string[];
  rows: Cell[][];
  total: number;
}

export interface Description {
  nodes: { name: Cell; properties: { name: Cell; values: Cell[] }[] }[];
  shown: number;
  total: number;
}

/** An answer as its page shows it: a table, statements, or yes and no. */
export interface Answer {
  table?: Table;
  description?: Description;
  yes?: boolean;
  permalink: string;
  why: string;
  cite: string;
  downloads: [format: string, address: string][];
}

export interface Problem {
  title: string;
  detail: string;
  hint?: string;
  line?: number;
  column?: number;
}

/** An answer that is none: the service said why. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

export interface Asked {
  query: string;
  at: string;
  sources: boolean;
}

const VIEW = "application/vnd.medalgraph.view+json";

/** Ask, and return the answer with the number of the snapshot that it is of. */
export async function ask(asked: Asked, signal: AbortSignal): Promise<{ answer: Answer; snapshot: string }> {
  const told = new URLSearchParams({ query: asked.query });
  if (asked.at) told.set("at", asked.at);
  if (asked.sources) told.set("sources", "true");
  const response = await fetch(address("sparql"), { method: "POST", body: told, signal, headers: { Accept: VIEW } });
  if (!response.ok) throw new Refused(await problemOf(response));
  return { answer: (await response.json()) as Answer, snapshot: response.headers.get("Medalgraph-Snapshot") ?? "" };
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    // Something between here and the service answered in its place.
    return { title: `${response.status} ${response.statusText}`, detail: "The answer came from a server on the way." };
  }
}
