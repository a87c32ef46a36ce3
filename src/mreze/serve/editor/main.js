// The query form becomes an editor: without this script it is a text field that works as well.

import { createEditor } from "./editor.js";
import { clearProblem, markMissing, markProblem } from "./marks.js";
import { createRunner } from "./running.js";
import "./editor.css";

const form = document.querySelector("form.query");
const texts = JSON.parse(document.getElementById("editor").textContent);
const field = form.elements.query;
const buttons = Object.fromEntries([...form.querySelectorAll("[data-does]")].map((one) => [one.dataset.does, one]));
const status = document.getElementById("status");

function say(text, language = "") {
  status.textContent = text;
  status.lang = language;
}

/** Show in the text of the query what the page says below of it. */
function mark(answer) {
  clearProblem(editor);
  const problem = answer.querySelector("[data-line]");
  if (problem) {
    const { line, column } = problem.dataset;
    markProblem(editor, Number(line), Number(column), problem.querySelector("[data-summary]").textContent);
  }
  markMissing(editor, new Map([...answer.querySelectorAll("[data-name]")].map((one) => [one.dataset.name, one.textContent])));
}

const editor = createEditor(form, field, texts, () => form.requestSubmit());
const runner = createRunner(form, texts, {
  begin() {
    buttons.stop.hidden = false;
    say(texts.running);
  },
  end(text, language) {
    if (document.activeElement === buttons.stop) form.querySelector("button").focus();
    buttons.stop.hidden = true;
    say(text, language);
  },
  show: mark,
  setQuery(query) {
    field.value = query;
    editor.setValue(query);
  },
});

form.addEventListener("submit", (event) => runner.submit(event));
window.addEventListener("popstate", () => runner.revisit());
buttons.stop.addEventListener("click", () => runner.stop());

buttons.copy.hidden = !navigator.clipboard;
buttons.copy.addEventListener("click", async () => {
  await navigator.clipboard.writeText(runner.address().href);
  say(texts.copied);
});

// Whoever reads with other tools than a screen may like the plain field better; the browser remembers it.
const PLAIN = "mreze:plain";

function remember(plain) {
  try {
    localStorage.setItem(PLAIN, plain ? "yes" : "");
  } catch {
    // The browser keeps nothing: then the choice holds for this page.
  }
}

function remembered() {
  try {
    return localStorage.getItem(PLAIN) === "yes";
  } catch {
    return false;
  }
}

function usePlainField(plain) {
  buttons.switch.setAttribute("aria-pressed", String(plain));
  if (!plain && editor.getValue() !== field.value) editor.setValue(field.value);
  field.hidden = !plain;
  editor.rootEl.hidden = plain;
  document.getElementById("understood").hidden = plain;
  document.getElementById("keys").hidden = plain;
  if (!plain) editor.refresh();
}

buttons.switch.hidden = false;
buttons.switch.addEventListener("click", () => {
  const plain = buttons.switch.getAttribute("aria-pressed") !== "true";
  usePlainField(plain);
  remember(plain);
});
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

usePlainField(remembered());
mark(document.getElementById("answer"));
