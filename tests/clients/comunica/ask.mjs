// Asks one query of the sources given, and prints the answer as JSON.
import { QueryEngine } from "@comunica/query-sparql";

const [query, ...sources] = process.argv.slice(2);
const engine = new QueryEngine();
const result = await engine.query(query, { sources });
const { data } = await engine.resultToString(result, process.env.FORM ?? "application/sparql-results+json");
data.pipe(process.stdout);
