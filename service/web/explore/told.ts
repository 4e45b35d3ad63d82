// What the service tells of boards; its OpenAPI description says what each member means.
import { read } from "../service";

export interface Thing {
  name: string;
  iri: string;
  label: string;
  language?: string;
  made: boolean;
  classes: string[];
  kind: string;
  plural: string;
  page: string;
}

export interface Link {
  source: string;
  property: string;
  property_label: string;
  target: string;
  sources: number[];
}

export interface Source {
  graph: string;
  title: string;
  page: string;
}

export interface Group {
  direction: "in" | "out";
  property: string;
  property_label: string;
  class: string;
  size: number;
  words: string;
}

export interface Opened extends Group {
  thing: string;
  open: string;
  pages: number;
  pages_open: number;
  sorted: boolean;
  whole: boolean;
  members: string[];
}

export interface Neighbours {
  thing: Thing;
  groups: Group[];
}

export interface Told {
  things: Thing[];
  put: string[];
  links: Link[];
  sources: Source[];
  opened: Opened[];
  left_out: number;
  look?: Neighbours;
}

/** Return what lies on a board. */
export function board(pairs: URLSearchParams, signal: AbortSignal): Promise<Told> {
  return read<Told>(`explore?${pairs}`, { format: "json" }, signal);
}
