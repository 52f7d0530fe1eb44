// The log, the status line and the question box: what is typed goes to the client, what comes back into the log.

import { plainText } from "./citation.js";
import { Failure } from "./client.js";
import { Composer } from "./composer.js";
import { element } from "./dom.js";
import { Messages } from "./messages.js";

const SAY_LOOKING = 400; // milliseconds: sooner, a status would only flicker
const SAY_STILL_LOOKING = 6_000;
const MARGIN = 16; // pixels above a question that was scrolled to

export class Conversation {
  #client;
  #transcript;
  #words;
  #base;
  #answered;
  #messages;
  #composer;
  #trouble = null;
  #busy = false;

  /** `answered(turn)` is called once a reply is shown; `base` is the server's address. */
  constructor(client, transcript, words, base, answered) {
    this.#client = client;
    this.#transcript = transcript;
    this.#words = words;
    this.#base = base;
    this.#answered = answered;
    this.#messages = new Messages(words, base, {
      ask: (text) => this.ask(text),
      vote: (turn, helpful, comment) => this.#vote(turn, helpful, comment),
      copy: (turn) => this.#copy(turn),
      retry: () => this.#retry(),
    });
    this.status = element("p", { class: "status", role: "status" });
    this.#composer = new Composer(words, {
      send: (text) => this.#send(text, true),
      typed: (text) => this.#keep(text),
      tooLong: (over) => (this.status.textContent = over ? words.say("too_long") : ""),
    });
    this.#composer.text = transcript.draft;
    this.log = element("div", { class: "log", part: "log", role: "log", tabindex: 0, "aria-label": words.say("log") });
    this.log.append(this.#messages.greeting(), ...transcript.turns.flatMap((turn) => this.#past(turn)));
    this.box = this.#composer.node;
  }

  /** Asks as if it had been typed; the reply, or null where it failed or another question is under way. */
  async ask(text) {
    const reply = this.#send(text, false);
    this.rest();
    return reply;
  }

  restart() {
    this.#transcript.clear();
    this.#trouble = null;
    this.#composer.text = "";
    this.status.textContent = "";
    this.log.replaceChildren(this.#messages.greeting());
    this.rest();
  }

  /** Focus goes to the question box; on a touch screen to the log, because the keyboard would cover the answer. */
  rest() {
    if (matchMedia("(pointer: coarse)").matches) this.log.focus({ preventScroll: true });
    else this.#composer.focus();
  }

  /** Shows the last question and its answer. */
  scroll() {
    const last = [...this.log.querySelectorAll(".question")].at(-1);
    if (last) this.log.scrollTop += last.getBoundingClientRect().top - this.log.getBoundingClientRect().top - MARGIN;
  }

  async #send(text, typed) {
    if (this.#busy) return null;
    this.#trouble?.remove();
    this.log.querySelectorAll(".suggestions").forEach((offers) => offers.remove());
    this.log.append(this.#messages.question(text));
    this.scroll();
    if (typed) this.#composer.text = "";
    return this.#exchange(text);
  }

  async #exchange(text) {
    this.#wait(true);
    this.#keep(text);
    const timers = [this.#say("looking", SAY_LOOKING), this.#say("still_looking", SAY_STILL_LOOKING)];
    try {
      return this.#show(text, await this.#client.ask(text, this.#transcript.conversation));
    } catch (error) {
      this.#fail(text, error);
      return null;
    } finally {
      timers.forEach(clearTimeout);
      this.status.textContent = "";
      this.#wait(false);
    }
  }

  #show(text, reply) {
    const turn = this.#transcript.add(text, reply);
    this.#keep(this.#composer.text);
    this.log.append(this.#messages.answer(turn));
    this.scroll();
    this.#answered(turn);
    return reply;
  }

  #fail(text, error) {
    if (!(error instanceof Failure)) throw error;
    this.#trouble = this.#messages.trouble(error);
    this.#trouble.question = text;
    this.log.append(this.#trouble);
    this.scroll();
  }

  #retry() {
    const { question } = this.#trouble;
    this.#trouble.remove();
    this.rest();
    this.#exchange(question);
  }

  async #vote(turn, helpful, comment) {
    try {
      await this.#client.feedback(turn.reply.id, helpful, comment);
    } catch {
      this.status.textContent = this.#words.say("not_sent");
      return false;
    }
    turn.helpful = helpful;
    this.#transcript.save();
    this.status.textContent = this.#words.say("thanks");
    return true;
  }

  async #copy({ reply }) {
    const copied = await navigator.clipboard?.writeText(plainText(reply, this.#base)).then(() => true, () => false);
    this.status.textContent = this.#words.say(copied ? "copied" : "not_copied");
  }

  #past(turn) {
    return [this.#messages.question(turn.question), this.#messages.answer(turn)];
  }

  #keep(text) {
    this.#transcript.draft = text;
    this.#transcript.save();
  }

  #say(name, delay) {
    return setTimeout(() => (this.status.textContent = this.#words.say(name)), delay);
  }

  #wait(busy) {
    this.#busy = busy;
    this.#composer.busy = busy;
  }
}
