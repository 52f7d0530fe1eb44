// The question box: Enter sends, Shift and Enter begins a line; what is typed stays until it is taken.
// No form: a page in a sandboxed frame may not submit one.

import { element, icon } from "./dom.js";

const LONGEST_QUESTION = 500; // characters, as the server takes
const NEAR = 50; // characters left from which they are counted

export class Composer {
  #box;
  #button;
  #left = element("p", { id: "left", class: "aside" });
  #words;
  #actions;
  #busy = false;
  #over = false;

  /** `actions` has send(text) for a question, typed(text) for every change, tooLong(over) for when it becomes so or no longer is. */
  constructor(words, actions) {
    this.#words = words;
    this.#actions = actions;
    this.#box = element("textarea", {
      id: "question",
      rows: 1,
      "aria-describedby": "left",
      placeholder: words.say("placeholder"),
      autocomplete: "off",
      enterkeyhint: "send",
      dir: "auto",
      part: "input",
      input: () => this.#typed(),
      keydown: (event) => this.#key(event),
    });
    const named = { type: "button", "aria-label": words.say("send") };
    this.#button = element("button", { ...named, class: "send", part: "send", click: () => this.#take() }, icon("send"));
    const label = element("label", { class: "unseen", for: "question" }, words.say("input"));
    this.node = element("div", {}, this.#left, element("div", { class: "composer" }, label, this.#box, this.#button));
  }

  get text() {
    return this.#box.value;
  }

  set text(value) {
    this.#box.value = value;
    this.#count();
  }

  /** A busy box takes typing, and keeps it. */
  set busy(value) {
    this.#busy = value;
    this.#button.setAttribute("aria-disabled", String(value));
  }

  focus() {
    this.#box.focus();
  }

  #take() {
    const text = this.#box.value.trim();
    if (text && !this.#busy && !this.#over) this.#actions.send(text);
    this.focus();
  }

  #typed() {
    this.#actions.typed(this.text);
    this.#count();
  }

  /** What is too long stays until the visitor has shortened it: the question often stands at its end. */
  #count() {
    const count = LONGEST_QUESTION - [...this.text.trim()].length;
    const over = count < 0;
    this.#left.textContent = count < NEAR ? this.#words.say("left", { count }) : "";
    if (over === this.#over) return;
    this.#over = over;
    this.#box.setAttribute("aria-invalid", over);
    this.#actions.tooLong(over);
  }

  /** Enter while an input method composes a character belongs to the input method. */
  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#take();
  }
}
