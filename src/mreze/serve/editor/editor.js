// Yasqe, set up for this page: what it offers beyond an editor is switched off, what it lacks for keyboards and screen
// readers is added.

import Yasqe from "@zazuko/yasqe";
import { complete, declarePrefix, loadTerms } from "./completion.js";
import { checkSyntax } from "./marks.js";

/** Put an editor in the place of a text field; the field keeps the text, so that the form sends it. */
export function createEditor(form, field, texts, run) {
  // Yasqe's own check speaks English, in tooltips that only a mouse opens.
  Yasqe.prototype.checkSyntax = function () {
    checkSyntax(this, document.getElementById("understood"), texts);
  };
  const place = document.createElement("div");
  field.after(place);
  field.required = false; // a field that is hidden must not stop the form
  const editor = new Yasqe(place, {
    value: field.value,
    theme: "site",
    editorHeight: "auto",
    viewportMargin: Infinity, // the whole text is in the page: screen readers read it, the browser finds in it
    inputStyle: "contenteditable", // so that they hear the text, not only what is typed
    screenReaderLabel: texts.query,
    gutters: ["problems", "CodeMirror-linenumbers"],
    foldGutter: false,
    resizeable: false,
    showQueryButton: false,
    createShareableLink: null,
    consumeShareLink: null,
    persistenceId: null,
    extraKeys: keys(run, texts),
  });
  describe(editor);
  connect(editor, form, field, texts);
  return editor;
}

/** `false` leaves a key to the browser: Tab moves on, as in every other field. */
function keys(run, texts) {
  return {
    "Ctrl-Enter": run,
    "Cmd-Enter": run,
    "Ctrl-Space": (editor) => complete(editor, texts, { asked: true }),
    Tab: false,
    "Shift-Tab": false,
    "Ctrl-S": false,
    "Shift-Ctrl-F": false,
    "Shift-Ctrl-K": false,
    Esc: false,
  };
}

function describe(editor) {
  const input = editor.getInputField();
  input.setAttribute("role", "textbox");
  input.setAttribute("aria-multiline", "true");
  input.setAttribute("aria-describedby", "understood keys");
  editor.getScrollerElement().tabIndex = -1; // it scrolls with the cursor: no stop of its own for the Tab key
}

/**
 * CodeMirror reads what did not come from a key (a compose key, a pad for letters, dictation) 80 ms later, and forgets
 * it if a key is pressed before that.
 */
function readAtOnce(editor) {
  const { input } = editor.display;
  editor.getInputField().addEventListener("input", () => {
    if (input.composing || input.readDOMTimeout === null) return;
    clearTimeout(input.readDOMTimeout);
    input.readDOMTimeout = null;
    input.updateFromDOM();
  });
}

function connect(editor, form, field, texts) {
  const label = form.querySelector(`label[for="${field.id}"]`);
  label.addEventListener("click", () => field.hidden && editor.focus());
  editor.on("change", () => {
    field.value = editor.getValue();
  });
  readAtOnce(editor);
  editor.on("focus", () => loadTerms(texts.terms));
  // Only typing opens suggestions: moving about with the arrow keys must not fall into a list.
  editor.on("inputRead", (_, { text, origin }) => {
    if (origin !== "+input") return;
    if (text.at(-1) === ":") declarePrefix(editor);
    complete(editor, texts, { asked: false });
  });
}
