// What is wrong with a query, shown in its text.

import { declared } from "./completion.js";
import { placeOf, Pos, wordsAt } from "./positions.js";

const MOST = 8;
const shown = new WeakMap();

/** Mark the place of the engine's complaint, tell the complaint below its line, and go there. */
export function markProblem(editor, line, column, message) {
  const place = placeOf(editor, line, column);
  const words = wordsAt(editor, place) ?? { from: place, to: place };
  const note = document.createElement("div");
  note.className = "note";
  note.lang = "en";
  note.textContent = message;
  const marks = [
    editor.markText(words.from, words.to, { className: "wrong" }),
    editor.addLineWidget(words.from.line, note, { coverGutter: false }),
  ];
  editor.setGutterMarker(words.from.line, "problems", sign("!"));
  editor.setCursor(words.from);
  const clear = () => {
    editor.off("change", clear);
    editor.clearGutter("problems");
    marks.forEach((one) => one.clear());
    shown.delete(editor);
    editor.checkSyntax();
  };
  editor.on("change", clear);
  shown.set(editor, clear);
  editor.checkSyntax();
}

/** Take the mark away, as a change of the text does. */
export function clearProblem(editor) {
  shown.get(editor)?.();
}

/** Mark the names that the release does not have; `missing` tells by IRI or language tag what is to be said of each. */
export function markMissing(editor, missing) {
  editor.getAllMarks().forEach((one) => one.className === "missing" && one.clear());
  if (!missing.size) return;
  const prefixes = declared(editor);
  editor.eachLine((handle) => {
    const line = editor.getLineNumber(handle);
    for (const { start, end, string } of editor.getLineTokens(line)) {
      const title = missing.get(meant(string, prefixes));
      if (title) editor.markText(Pos(line, start), Pos(line, end), { className: "missing", title });
    }
  });
}

/** Say of the first line that cannot be read what is wrong with it, and mark the line. */
export function checkSyntax(editor, place, texts) {
  place.textContent = "";
  if (shown.has(editor)) return; // the engine has said more
  editor.clearGutter("problems");
  for (let line = 0; line < editor.lineCount(); line++) {
    const { string, state } = editor.getTokenAt(Pos(line, editor.getLine(line).length), true);
    editor.setOption("queryType", state.queryType);
    if (state.OK === false) {
      place.textContent = complaint(editor, line, string, state, texts);
      editor.setGutterMarker(line, "problems", sign("?"));
      return;
    }
  }
}

function complaint(editor, line, string, state, texts) {
  const undeclared = /^Prefix '(.*)' is not defined$/.exec(state.errorMsg ?? "")?.[1];
  const wrong = editor.getLineTokens(line).find((one) => /\berror\b/.test(one.type ?? ""))?.string ?? string;
  const pattern = undeclared === undefined ? texts.misplaced : texts.unknown_prefix;
  const said = pattern.replace("{line}", line + 1).replace("{word}", () => undeclared ?? wrong.trim());
  const possible = (state.possibleCurrent ?? []).filter((one) => /^[A-Z]+$/.test(one)).slice(0, MOST);
  const hint = undeclared === undefined && possible.length ? texts.expected.replace("{words}", () => possible.join(" ")) : "";
  return `${said} ${hint}`.trim();
}

function meant(token, prefixes) {
  if (/^<.*>$/.test(token)) return token.slice(1, -1);
  if (token.startsWith("@")) return token.slice(1).toLowerCase();
  const [, prefix, local] = /^([^\s:]*):(\S+)$/.exec(token) ?? [];
  return prefix in prefixes ? prefixes[prefix] + local : token;
}

function sign(text) {
  const element = document.createElement("span");
  element.className = "sign";
  element.textContent = text;
  return element;
}
