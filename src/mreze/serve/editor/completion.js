// Complete names: variables of the query; prefixes, classes and properties of the site.

import { Pos } from "./positions.js";

const MOST = 50;
const EMPTY = { prefixes: {}, classes: [], properties: [] };
const WORD = /[?$][\p{L}\p{N}_]*$|<[^<>"{}|^`\\\s]*$|[\p{L}\p{N}_-]*:?[\p{L}\p{N}_.-]*$/u;
const AFTER_TYPE = /(?:^|[\s{;.^(|/])(?:a|rdf:type|<http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#type>)\s+$/;

let terms = EMPTY;
let loading = null;

/** Fetch what the site has, once; without it variables are completed. */
export function loadTerms(url) {
  loading ??= fetch(url)
    .then((answer) => (answer.ok ? answer.json() : EMPTY))
    .catch(() => EMPTY)
    .then((found) => {
      terms = found;
    });
  return loading;
}

/** Open a list of what could stand at the cursor: always if asked for, else where it is worth it. */
export async function complete(editor, texts, { asked }) {
  await loadTerms(texts.terms);
  if (editor.somethingSelected() || (!asked && !suggestions(editor, false))) return;
  editor.showHint({
    hint: () => suggestions(editor, asked),
    completeSingle: false,
    container: document.querySelector("main"),
    closeCharacters: /[\s>"{}()]/,
  });
  const list = document.querySelector(".CodeMirror-hints");
  list?.setAttribute("aria-label", texts.suggestions);
  list?.removeAttribute("aria-expanded"); // a list that is there is open: it has no such state
}

/** Write the PREFIX of the name before the cursor, if the site has one and the query does not. */
export function declarePrefix(editor) {
  const { line, ch } = editor.getCursor();
  const before = editor.getLine(line).slice(0, ch);
  const prefix = /(?:^|[\s{}()[\],;.^|/!=>&])([\p{L}][\p{L}\p{N}_-]*):$/u.exec(before)?.[1];
  if (!prefix || /\bprefix\s+\S*$/i.test(before) || isText(editor)) return;
  declare(editor, prefix);
}

function declare(editor, prefix) {
  const namespace = terms.prefixes[prefix];
  if (namespace && !(prefix in declared(editor))) editor.addPrefixes({ [prefix]: namespace });
}

/** The prefixes of the query, wherever the cursor is and whether or not the rest of it can be read. */
export function declared(editor) {
  const found = {};
  for (const [, prefix, namespace] of editor.getValue().matchAll(/\bprefix\s+([^\s:]*):\s*<([^<>\s]*)>/gi)) {
    found[prefix] = namespace;
  }
  return found;
}

function suggestions(editor, asked) {
  const { line, ch } = editor.getCursor();
  const before = editor.getLine(line).slice(0, ch);
  const word = WORD.exec(before)[0];
  const start = ch - word.length;
  const list = isText(editor) ? [] : candidates(editor, before.slice(0, start), word, line, asked);
  if (!list.length) return null;
  const after = /^[\p{L}\p{N}_.-]*/u.exec(editor.getLine(line).slice(ch))[0];
  return { list: list.slice(0, MOST), from: Pos(line, start), to: Pos(line, ch + (asked ? after.length : 0)) };
}

function candidates(editor, before, word, line, asked) {
  if (/\bprefix\s+$/i.test(before)) return prefixes(editor, word);
  if (/^[?$]/.test(word)) return variables(editor, word);
  if (!asked && word.length < 2) return [];
  const known = { ...terms.prefixes, ...declared(editor) };
  const found = (kind) => names(editor, terms[kind], known, word);
  if (AFTER_TYPE.test(before)) return found("classes");
  const possible = editor.getTokenAt(Pos(line, before.length), true).state.possibleNext ?? [];
  if (possible.includes("a")) return found("properties");
  return asked ? [...found("classes"), ...found("properties")] : [];
}

function prefixes(editor, word) {
  const there = declared(editor);
  return Object.entries(terms.prefixes)
    .filter(([prefix]) => prefix.startsWith(word.replace(":", "")) && !(prefix in there))
    .sort()
    .map(([prefix, namespace]) => ({ text: `${prefix}: <${namespace}>` }));
}

function variables(editor, word) {
  const found = new Set(editor.getValue().match(/[?$][\p{L}_][\p{L}\p{N}_]*/gu));
  found.delete(word);
  return [...found].filter((one) => one.startsWith(word)).sort().map((text) => ({ text }));
}

/** Terms by the beginning of their name, else by any part of their name or label. */
function names(editor, list, known, word) {
  const sought = word.replace(/^</, "").toLowerCase();
  const namespaces = Object.entries(known).sort((one, other) => other[1].length - one[1].length);
  const ranked = [];
  for (const one of list) {
    const name = shorten(one.iri, namespaces);
    const rank = rankOf(sought, name, one);
    if (rank < 3) ranked.push([rank, hint(editor, word.startsWith("<") ? null : name, one)]);
  }
  return ranked.sort((one, other) => one[0] - other[0]).map(([, found]) => found);
}

function rankOf(sought, name, { iri, label }) {
  const local = iri.slice(Math.max(iri.lastIndexOf("#"), iri.lastIndexOf("/")) + 1).toLowerCase();
  const full = (name ?? iri).toLowerCase();
  if (full.startsWith(sought) || iri.toLowerCase().startsWith(sought)) return 0;
  if (local.startsWith(sought) || label.toLowerCase().startsWith(sought)) return 1;
  return !sought.includes(":") && (local.includes(sought) || label.toLowerCase().includes(sought)) ? 2 : 3;
}

function shorten(iri, namespaces) {
  const fitting = namespaces.find(([, namespace]) => namespace && iri.startsWith(namespace));
  const local = fitting && iri.slice(fitting[1].length);
  return fitting && /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(local) ? `${fitting[0]}:${local}` : null;
}

function hint(editor, name, { iri, label, count }) {
  return {
    text: name ?? `<${iri}>`,
    render(element) {
      const parts = [["name", name ?? `<${iri}>`], ["label", label === name ? "" : label], ["count", count]];
      for (const [kind, text] of parts) {
        const part = document.createElement("span");
        part.className = kind;
        part.textContent = text;
        element.append(part, " ");
      }
    },
    hint(_, { from, to }, { text }) {
      editor.replaceRange(text, from, to, "complete");
      if (name) declare(editor, name.split(":")[0]);
    },
  };
}

function isText(editor) {
  return ["comment", "string"].includes(editor.getTokenTypeAt(editor.getCursor()));
}
