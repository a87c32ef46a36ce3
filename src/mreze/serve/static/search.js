// Makes of every search field a combobox that offers names while one types; without it the form works as it is.
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/examples/combobox-autocomplete-list/

const PAUSE = 150; // milliseconds without a key before the server is asked
const SHORTEST = 2; // characters

class Combobox {
  #field;
  #list = document.createElement("ul");
  #told = document.createElement("span");
  #addresses = [];
  #active = -1;
  #timer;
  #asking = new AbortController();

  constructor(field) {
    this.#field = field;
    this.#list.id = `${field.id}-list`;
    this.#list.hidden = true;
    this.#told.className = "unseen";
    this.#told.ariaLive = "polite";
    set(this.#list, { role: "listbox", "aria-label": field.dataset.label });
    field.type = "text"; // a search field cannot be a combobox, and Escape would empty it
    field.enterKeyHint = "search";
    set(field, { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.#list.id, "aria-expanded": false });
    field.after(this.#list, this.#told);
    field.addEventListener("input", () => this.#wait());
    field.addEventListener("keydown", (event) => event.isComposing || event.ctrlKey || event.metaKey || this.#press(event));
    field.addEventListener("blur", () => this.#close());
    this.#list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.#list.addEventListener("click", (event) => this.#go([...this.#list.children].indexOf(event.target.closest("li"))));
  }

  /** Ask when the reader pauses; what was asked before is of no use any more: closing aborts it. */
  #wait() {
    this.#close();
    this.#timer = setTimeout(() => this.#ask(this.#field.value.trim()), PAUSE);
  }

  async #ask(text) {
    if (text.length < SHORTEST || document.activeElement !== this.#field) return;
    const address = new URL(this.#field.dataset.suggest, document.baseURI);
    address.searchParams.set("q", text);
    const kind = this.#field.form?.elements.type?.value; // where one can choose a kind, only that is offered
    if (kind) address.searchParams.set("type", kind);
    this.#asking = new AbortController();
    try {
      const answer = await fetch(address, { signal: this.#asking.signal });
      if (answer.ok) this.#show(await answer.json());
    } catch {
      // Given up, or the server is away: the form is there still.
    }
  }

  #show([, names, kinds, addresses]) {
    this.#addresses = addresses;
    this.#list.replaceChildren(...names.map((name, place) => option(`${this.#list.id}-${place}`, name, kinds[place])));
    this.#open(names.length > 0);
    const { found, none } = this.#field.dataset;
    this.#told.textContent = names.length ? found.replace("{}", names.length) : none;
  }

  #open(open) {
    this.#list.hidden = !open;
    set(this.#field, { "aria-expanded": open });
    this.#mark(-1);
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#told.textContent = "";
    this.#open(false);
  }

  #press(event) {
    const { key } = event;
    const open = !this.#list.hidden;
    if (key === "ArrowDown" || key === "ArrowUp") open ? this.#move(key === "ArrowDown" ? 1 : -1) : this.#wait();
    else if (key === "Escape" && open) this.#close();
    else if (key === "Escape") this.#field.value = "";
    else if (key === "Enter" && open && this.#active >= 0) this.#go(this.#active);
    else return this.#mark(-1); // the caret moves, or a letter comes: the text is meant again
    event.preventDefault();
  }

  /** From one to the next; beyond either end is the text. */
  #move(step) {
    const many = this.#list.children.length + 1;
    this.#mark(((this.#active + 1 + step + many) % many) - 1);
  }

  #mark(place) {
    this.#active = place;
    [...this.#list.children].forEach((one, at) => set(one, { "aria-selected": at === place }));
    set(this.#field, { "aria-activedescendant": place < 0 ? "" : this.#list.children[place].id });
    this.#list.children[place]?.scrollIntoView({ block: "nearest" });
  }

  #go(place) {
    if (place < 0) return;
    this.#close();
    location.assign(this.#addresses[place]);
  }
}

function option(id, name, kind) {
  const made = document.createElement("li");
  const what = document.createElement("small");
  what.textContent = kind;
  made.id = id;
  set(made, { role: "option" });
  made.append(name, " ", what);
  return made;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

document.querySelectorAll("input[data-suggest]").forEach((field) => new Combobox(field));
