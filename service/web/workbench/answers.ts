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
  /** The query, if it is too long for the addresses here, which are then those of forms that send it. */
  posted: string;
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

const VIEW = "application/vnd.medalgraph.view+json";

/**
 * Ask, and return the answer with the number of the snapshot that it is of.
 *
 * @param asked the query and all that is asked with it, by the names of the SPARQL protocol
 */
export async function ask(asked: URLSearchParams, signal: AbortSignal): Promise<{ answer: Answer; snapshot: string }> {
  const response = await fetch(address("sparql"), { method: "POST", body: asked, signal, headers: { Accept: VIEW } });
  if (!response.ok) throw new Refused(await problemOf(response));
  if (!response.headers.get("Content-Type")?.startsWith(VIEW)) throw new Refused(strange(response));
  return { answer: (await response.json()) as Answer, snapshot: response.headers.get("Medalgraph-Snapshot") ?? "" };
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const told = (await response.json()) as Partial<Problem> | null;
    if (told?.title && told.detail) return { ...told, title: told.title, detail: told.detail };
  } catch {
    // It is no JSON, as what a server on the way says.
  }
  return strange(response);
}

function strange(response: Response): Problem {
  const title = `${response.status} ${response.statusText}`.trim();
  return { title, detail: "The answer came from a server on the way. Reload the page, in case it asks you to sign in." };
}
