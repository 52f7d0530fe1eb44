// The question box: Enter sends, Shift and Enter begins a line; what is typed stays until it is taken.
// No form: a page in a sandboxed frame may not submit one.

import { element, icon } from "./dom.js";

const LONGEST_QUESTION = 500; // characters, as the server takes

export class Composer {
  #box;
  #button;
  #send;
  #busy = false;

  /** `send(text)` is called with a question, `typed(text)` at every change. */
  constructor(words, send, typed) {
    this.#send = send;
    this.#box = element("textarea", {
      id: "question",
      rows: 1,
      maxlength: LONGEST_QUESTION,
      placeholder: words.say("placeholder"),
      autocomplete: "off",
      enterkeyhint: "send",
      dir: "auto",
      part: "input",
      input: () => typed(this.#box.value),
      keydown: (event) => this.#key(event),
    });
    const named = { type: "button", "aria-label": words.say("send") };
    this.#button = element("button", { ...named, class: "send", part: "send", click: () => this.#take() }, icon("send"));
    const label = element("label", { class: "unseen", for: "question" }, words.say("input"));
    this.node = element("div", { class: "composer" }, label, this.#box, this.#button);
  }

  get text() {
    return this.#box.value;
  }

  set text(value) {
    this.#box.value = value;
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
    if (text && !this.#busy) this.#send(text);
    this.focus();
  }

  /** Enter while an input method composes a character belongs to the input method. */
  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#take();
  }
}
