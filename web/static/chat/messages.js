// Questions, replies and failures in, the messages of the log out. What the visitor does with one goes to `actions`.

import { address } from "./citation.js";
import { element } from "./dom.js";
import { figure, quotes } from "./quotes.js";
import { tools } from "./tools.js";

const WITH_CONTACT = new Set(["conflict", "no_answer", "advice", "urgent", "small_talk"]);
const WITH_TOOLS = new Set(["answered", "conflict", "advice", "no_answer"]);

export class Messages {
  #words;
  #base;
  #actions;

  /** `base` is the server's address; `actions` has ask(text), vote(turn, helpful, comment), copy(turn) and retry(). */
  constructor(words, base, actions) {
    this.#words = words;
    this.#base = base;
    this.#actions = actions;
  }

  greeting() {
    const { greeting, starters } = this.#words.look;
    const text = element("p", { class: "greeting", dir: "auto" }, greeting || this.#words.say("greeting"));
    return element("div", { class: "answer" }, text, this.#offers("starters", starters));
  }

  question(text) {
    const name = element("span", { class: "unseen" }, `${this.#words.say("asked")} `);
    return element("p", { class: "question", part: "question" }, name, element("bdi", {}, text));
  }

  answer(turn) {
    const { reply } = turn;
    return element(
      "div",
      { class: `answer ${reply.outcome}`, part: "answer" },
      element("span", { class: "unseen" }, this.#words.say("replied")),
      this.#understood(reply),
      this.#owner(reply.owner_words),
      reply.note && element("p", { class: "note", dir: "auto" }, reply.note),
      quotes(reply, this.#words, this.#base),
      this.#choices(reply),
      WITH_CONTACT.has(reply.outcome) && this.#contact(reply.contact),
      this.#nearest(reply),
      WITH_TOOLS.has(reply.outcome) && tools(turn, this.#words, this.#actions),
      this.#offers("suggestions", reply.suggestions),
    );
  }

  trouble(failure) {
    const retry = element("button", { type: "button", class: "small", click: this.#actions.retry }, this.#words.say("retry"));
    const text = element("p", {}, this.#words.say(failure.kind, { seconds: failure.seconds }));
    return element("div", { class: "trouble", part: "trouble" }, text, retry);
  }

  /** What was searched instead of what was typed, and what the documents do not mention. */
  #understood({ corrections, unknown, reason }) {
    const lines = [];
    if (corrections?.length) lines.push(this.#line("searched", corrections.map(({ to }) => to)));
    if (unknown?.length && reason !== "unknown_words") lines.push(this.#line("unknown", unknown));
    return lines;
  }

  #owner(text) {
    if (!text) return null;
    const label = element("p", { class: "label" }, this.#words.say("owner", { name: this.#words.look.name }));
    return element("div", { class: "owner" }, label, element("p", { dir: "auto" }, text));
  }

  #line(name, items) {
    return element("p", { class: "aside", dir: "auto" }, this.#words.say(name, { words: this.#words.list(items) }));
  }

  #choices({ choices }) {
    return choices?.length ? this.#buttons(this.#words.say("choices"), choices) : null;
  }

  #offers(name, questions) {
    if (!questions?.length) return null;
    const title = this.#words.say(name);
    const offers = this.#buttons(title, questions.map((question) => ({ label: question, question })));
    offers.classList.add(name);
    offers.prepend(element("p", { class: "label", "aria-hidden": "true" }, title));
    return offers;
  }

  #buttons(title, choices) {
    const items = choices.map(({ label, question }) => {
      const click = () => this.#actions.ask(question);
      return element("li", {}, element("button", { type: "button", class: "offer", part: "offer", dir: "auto", click }, label));
    });
    return element("div", { class: "offers" }, element("ul", { "aria-label": title }, items));
  }

  #nearest({ nearest }) {
    if (!nearest?.length) return null;
    const figures = nearest.map((citation) => figure(citation, this.#words, this.#base));
    return element("div", { class: "nearest" }, element("p", { class: "label" }, this.#words.say("nearest")), figures);
  }

  #contact(contact) {
    if (!contact?.text) return null;
    const href = address(contact.href, this.#base);
    const text = href ? element("a", { href }, contact.text) : contact.text;
    return element("p", { class: "contact", part: "contact", dir: "auto" }, text);
  }
}
