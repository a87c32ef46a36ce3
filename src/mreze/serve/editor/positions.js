// Places in the text of the editor.

/** A place as CodeMirror has it: line and UTF-16 unit, from 0. */
export function Pos(line, ch) {
  return { line, ch };
}

/** The place that the engine names: line and character, from 1; it may be past the end. */
export function placeOf(editor, line, column) {
  const at = Math.min(line, editor.lineCount()) - 1;
  const text = line > editor.lineCount() ? editor.getLine(at) : [...editor.getLine(at)].slice(0, column - 1).join("");
  return Pos(at, text.length);
}

/** From the word before a place to the end of the word at it; where the line is empty, the last word above. */
export function wordsAt(editor, { line, ch }) {
  const tokens = editor.getLineTokens(line).filter((one) => one.string.trim());
  if (!tokens.length && line > 0) return wordsAt(editor, Pos(line - 1, editor.getLine(line - 1).length));
  const before = tokens.filter((one) => one.start < ch).at(-1) ?? tokens[0];
  const at = tokens.find((one) => one.start <= ch && ch < one.end) ?? before;
  return before && { from: Pos(line, before.start), to: Pos(line, Math.max(before.end, at.end)) };
}
