// What the editor completes: words of the vocabulary at once, names of things by asking for them.
import { read } from "../service";

interface Term {
  name: string;
  kind: string;
  label: string;
  comment: string;
}

export interface Known {
  prefixes: Record<string, string>;
  terms: Term[];
}

interface Suggestion {
  label: string;
  about: string;
  iri: string;
}

/** What may stand in the place of a word, with what it is. */
export interface Completion {
  text: string;
  about: string;
}

const MOST = 30;
/** Of how many letters on names are looked for. */
const LEAST = 2;
/** The prefix of the terms, which no thing has. */
const VOCABULARY = "mg";

/** What a service says it knows: its words at once, names of things when they come. */
export class Completing {
  /** The names that came last. */
  private names: Completion[] = [];

  constructor(private readonly known: Known) {}

  /** Return what a word may become by all that is here: words, and names that have come and still fit. */
  atOnce(written: string): Completion[] {
    const lower = written.toLowerCase();
    const [prefix, local] = split(lower);
    const still = this.names.filter(({ text }) => {
      const name = text.toLowerCase();
      return name.startsWith(prefix && `${prefix}:`) && name.includes(local);
    });
    return [...this.words(lower), ...(local.length < LEAST ? [] : still)];
  }

  /** Return all that a word may become, once the service has said which names there are. */
  async withNames(written: string, signal: AbortSignal): Promise<Completion[]> {
    const names = await named(written, this.known.prefixes, signal);
    if (!signal.aborted) this.names = names;
    return [...this.words(written.toLowerCase()), ...names];
  }

  /** Tell whether a word is the whole name of something. */
  isName(word: string): boolean {
    return this.known.terms.some(({ name }) => name === word) || this.names.some(({ text }) => text === word);
  }

  private words(lower: string): Completion[] {
    return this.known.terms
      .filter(({ name, label }) => name.toLowerCase().startsWith(lower) || label.toLowerCase().startsWith(lower))
      .slice(0, MOST)
      .map(({ name, label, kind }) => ({ text: name, about: `${label}, ${kind}` }));
  }
}

/** Return the prefix of a word, which may be none, and what comes behind it. */
function split(written: string): [string, string] {
  const colon = written.indexOf(":");
  return [written.slice(0, Math.max(colon, 0)), written.slice(colon + 1)];
}

/** Return the things that are called so, each by its prefixed name. */
async function named(written: string, prefixes: Record<string, string>, signal: AbortSignal): Promise<Completion[]> {
  const [prefix, local] = split(written);
  const start = prefix ? prefixes[prefix] : "";
  if (local.length < LEAST || start === undefined || prefix === VOCABULARY) return [];
  const names: Completion[] = [];
  for (const { iri, label, about } of await suggested(local.replaceAll("-", " "), signal)) {
    if (!iri.startsWith(start)) continue;
    const text = shortened(iri, prefixes);
    if (text) names.push({ text, about: `${label}, ${about}` });
  }
  return names;
}

async function suggested(q: string, signal: AbortSignal): Promise<Suggestion[]> {
  try {
    return (await read<{ suggestions: Suggestion[] }>("search/suggest", { q }, signal)).suggestions;
  } catch {
    // While names cannot be looked up, the words of the vocabulary are still completed.
    return [];
  }
}

/** Return the prefixed name of an IRI; nothing if it has none that needs no escapes. */
function shortened(iri: string, prefixes: Record<string, string>): string {
  for (const [prefix, start] of Object.entries(prefixes)) {
    const local = iri.slice(start.length);
    if (iri.startsWith(start) && /^[\p{L}\p{N}_]([\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u.test(local)) return `${prefix}:${local}`;
  }
  return "";
}
