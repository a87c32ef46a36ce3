// Asks Comunica what comes in as JSON, [{query, sources}, …], and writes what it answers, in the same order.
import { QueryEngine } from "@comunica/query-sparql";
import { text } from "node:stream/consumers";

const engine = new QueryEngine();

const shown = (term) => ({ type: term.termType, value: term.value, ...(term.language ? { language: term.language } : {}) });

async function answer({ query, sources }) {
  const result = await engine.query(query, { sources });
  if (result.resultType === "boolean") return await result.execute();
  const found = [];
  for await (const one of await result.execute()) {
    found.push(
      result.resultType === "quads"
        ? [one.subject, one.predicate, one.object].map(shown)
        : Object.fromEntries([...one].map(([variable, term]) => [variable.value, shown(term)])),
    );
  }
  return found;
}

const answers = [];
for (const question of JSON.parse(await text(process.stdin))) answers.push(await answer(question));
process.stdout.write(JSON.stringify(answers));
