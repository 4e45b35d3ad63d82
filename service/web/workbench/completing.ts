// What the editor completes: words of the vocabulary at once, names of things by asking for them.
import type { default as Yasqe } from "@zazuko/yasqe";
import { read } from "../service";

interface Term {
  name: string;
  kind: string;
  label: string;
  comment: string;
}

interface Known {
  prefixes: Record<string, string>;
  terms: Term[];
}

interface Suggestion {
  label: string;
  about: string;
  iri: string;
}

type Completer = Parameters<typeof Yasqe.registerAutocompleter>[0];

const MOST = 30;
/** The prefix of the terms, which no thing has. */
const VOCABULARY = "mg";
/** A word that is being written: a prefixed name, or the beginning of any name. */
const WORD = /^[\p{L}\p{N}_-]*:?[\p{L}\p{N}_.-]*$/u;

/**
 * Return the completer for words that a service says it knows.
 *
 * @param told gets what is completed, with what it is
 * @param isAsked tells whether somebody asks for completions now, instead of only writing
 */
export function completer(known: Known, told: Map<string, string>, isAsked: () => boolean): Completer {
  const completed = async (written: string): Promise<string[]> => {
    const words = known.terms.filter((term) => fits(term, written)).slice(0, MOST);
    for (const term of words) told.set(term.name, `${term.label}, ${term.kind}`);
    const things = await named(written, known.prefixes);
    for (const [name, about] of things) told.set(name, about);
    return [...words.map((term) => term.name), ...things.map(([name]) => name)];
  };
  return {
    name: "house",
    bulk: false,
    autoShow: true,
    isValidCompletionPosition: (yasqe) => {
      const { type, string: word } = yasqe.getCompleteToken();
      if (type === "string" || type === "comment" || type === "keyword") return false;
      // LIMIT begins some names too; unasked, no list may stand between it and the Enter key.
      return word.length > 1 && WORD.test(word) && (word.includes(":") || isAsked());
    },
    get: (_yasqe, token) => completed(token?.string ?? ""),
    preProcessToken: (_yasqe, token) => ({ ...token, autocompletionString: token.string }),
    postProcessSuggestion: (_yasqe, _token, name) => name,
    postprocessHints: (_yasqe, hints) =>
      hints.map((hint) => ({ ...hint, displayText: `${hint.text} (${told.get(hint.text) ?? "name"})` })),
  };
}

function fits(term: Term, written: string): boolean {
  const lower = written.toLowerCase();
  return term.name.toLowerCase().startsWith(lower) || term.label.toLowerCase().startsWith(lower);
}

/** Return the things that are called so, each by its prefixed name, with what it is. */
async function named(written: string, prefixes: Record<string, string>): Promise<[string, string][]> {
  const [prefix, local] = written.includes(":") ? written.split(":", 2) : ["", written];
  const start = prefix ? prefixes[prefix] : "";
  if (!local || local.length < 2 || start === undefined || prefix === VOCABULARY) return [];
  const names: [string, string][] = [];
  for (const { iri, label, about } of await suggested(local.replaceAll("-", " "))) {
    if (!iri.startsWith(start)) continue;
    const short = shortened(iri, prefixes);
    if (short) names.push([short, `${label}, ${about}`]);
  }
  return names;
}

async function suggested(q: string): Promise<Suggestion[]> {
  try {
    const found = await read<{ suggestions: Suggestion[] }>("search/suggest", { q }, new AbortController().signal);
    return found.suggestions;
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
