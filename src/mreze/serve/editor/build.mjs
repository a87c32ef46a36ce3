// Bundle the editor: node build.mjs FOLDER FIRST-LINE writes FOLDER/editor.{js,css,licenses.txt}.

import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const [folder, firstLine] = process.argv.slice(2);

// Yasqe comes as one file that knows other hosts: a list of prefixes from all over the web, completion by a service,
// an endpoint to ask unless told otherwise; and it keeps queries in the browser. None of it is wanted here. What is
// replaced must be there exactly once, so that a new version of Yasqe stops the build rather than bring it back.
const REPLACEMENTS = [
  [
    /\/\/#region node_modules\/dompurify\/dist\/purify\.es\.mjs.*?\/\/#endregion/s,
    "var purify = { sanitize: (text) => text }, Storage = class {};",
  ],
  [/completers = \[\s*conf\$3,\s*conf\$2,\s*conf\$1,\s*conf\s*\]/, "completers = []"],
  [/endpoint: "https:\/\/dbpedia\.org\/sparql"/, 'endpoint: "sparql"'],
  [/value: "PREFIX rdf: [^"]*"|value: `PREFIX rdf: [^`]*`/, 'value: ""'],
  [/Function\("return this"\)\(\)/, "globalThis"],
];

function replaceOnce(text, [pattern, replacement]) {
  const found = text.match(new RegExp(pattern.source, pattern.flags + "g")) ?? [];
  if (found.length !== 1) throw new Error(`Yasqe has ${pattern.source.slice(0, 60)} ${found.length} times, not once`);
  return text.replace(pattern, () => replacement);
}

const keepToThisHost = {
  name: "keep-to-this-host",
  setup(esbuild) {
    esbuild.onLoad({ filter: /yasqe\.esm\.js$/ }, async ({ path }) => ({
      contents: REPLACEMENTS.reduce(replaceOnce, await readFile(path, "utf8")),
      loader: "js",
    }));
  },
};

/** What the licences of the bundled packages want to have said: who wrote them, and under which terms. */
async function licences() {
  const lock = JSON.parse(await readFile("package-lock.json", "utf8"));
  const parts = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!path || entry.dev || /esbuild|@types\//.test(path)) continue;
    const { author, contributors = [], homepage } = JSON.parse(await readFile(join(path, "package.json"), "utf8"));
    const people = [author, ...contributors].map((one) => one?.name ?? one).filter(Boolean);
    const files = (await readdir(path)).filter((name) => /^licen[cs]e/i.test(name)).sort();
    const texts = await Promise.all(files.map((name) => readFile(join(path, name), "utf8")));
    const title = `${path.replace("node_modules/", "")} ${entry.version} (${entry.license})`;
    parts.push([title, [people.join(", "), homepage].filter(Boolean).join(" · "), ...texts].join("\n\n"));
  }
  return `The editor is made of these packages.\n\n\n${parts.join("\n\n\n")}\n`;
}

await build({
  entryPoints: { editor: "main.js" },
  outdir: folder,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  banner: { js: `/* ${firstLine} */`, css: `/* ${firstLine} */` },
  plugins: [keepToThisHost],
  logLevel: "warning",
});
await writeFile(join(folder, "editor.licenses.txt"), await licences());
