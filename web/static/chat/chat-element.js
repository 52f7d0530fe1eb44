// <faq-chat>: attributes, open(), close() and ask() in; the panel, a `faq-answer` event for each answer and `close` out.

import { address } from "./citation.js";
import { Client } from "./client.js";
import { Conversation } from "./conversation.js";
import { element, iconButton } from "./dom.js";
import { sheet, written } from "./sheets.js";
import { Transcript } from "./transcript.js";
import { Words } from "./words.js";

const SERVER = new URL("../../../", import.meta.url).href; // this file is served as static/chat/<version>/
const PARTS = "panel,header,log,question,answer,quote,side,source,offer,contact,tools,trouble,input,send"; // for the launcher's page
const NEEDED = "light-dark(oklch(from red l c h), red)"; // a colour that an older browser cannot make: nothing could be read
const STYLE = sheet("chat.css");
STYLE.catch(() => {}); // whoever awaits it is told

export class FaqChat extends HTMLElement {
  #root = this.attachShadow({ mode: "open" });
  #panel;
  #conversation;
  #ready = null;

  constructor() {
    super();
    this.#root.append(element("slot")); // what the page wrote inside stands there until the panel does
  }

  /** Settles once the panel stands; rejects where the server did not give its parts. */
  get ready() {
    return (this.#ready ??= this.#build());
  }

  connectedCallback() {
    this.ready.catch(() => {});
  }

  async open() {
    await this.ready;
    this.setAttribute("open", "");
    this.#conversation.scroll();
    this.#conversation.rest();
  }

  close() {
    this.removeAttribute("open");
    this.dispatchEvent(new Event("close"));
  }

  /** Opens the panel and asks; the reply as the API gives it, or null where there was none. */
  async ask(text) {
    await this.ready;
    this.setAttribute("open", "");
    return this.#conversation.ask(text);
  }

  async #build() {
    if (!CSS.supports("color", NEEDED)) throw new Error("this browser is too old for the panel");
    const [style, look] = await Promise.all([STYLE, this.#look()]);
    const words = new Words(look);
    const transcript = new Transcript(`faqtual ${SERVER}`);
    const client = new Client(SERVER, words.lang);
    this.#conversation = new Conversation(client, transcript, words, SERVER, (turn) => this.#announce(turn));
    this.#panel = this.#frame(words);
    this.#root.adoptedStyleSheets = [style, written(look.css)];
    this.#root.replaceChildren(this.#panel);
    this.setAttribute("exportparts", PARTS);
    this.#followKeyboard();
    this.#conversation.scroll();
  }

  async #look() {
    const [lang] = (this.lang || this.closest("[lang]")?.lang || document.documentElement.lang || navigator.language).split("-");
    const response = await fetch(new URL(`look/${encodeURIComponent(lang)}.json`, import.meta.url));
    if (!response.ok) throw new Error(`look: ${response.status}`);
    return response.json();
  }

  #frame(words) {
    const { log, status, box } = this.#conversation;
    const floating = this.hasAttribute("floating");
    const attributes = {
      class: "faq panel",
      part: "panel",
      role: floating ? "dialog" : "region",
      "aria-labelledby": "name",
      lang: words.lang,
      dir: words.say("dir"),
      keydown: (event) => this.#key(event),
    };
    const foot = element("div", { class: "foot" }, box);
    return element("section", attributes, this.#head(words, floating), log, status, foot);
  }

  #head(words, floating) {
    const { name } = words.look;
    const title = element("div", {}, element("h2", { id: "name" }, element("bdi", {}, name)), element("p", {}, words.say("subtitle")));
    const restart = iconButton("restart", words.say("restart"), { click: () => this.#conversation.restart() });
    const close = floating ? iconButton("close", words.say("close"), { click: () => this.close() }) : null;
    return element("div", { class: "head", part: "header" }, this.#logo(words.look.logo), title, restart, close);
  }

  /** A logo that the page's policy or the network refuses leaves no broken picture. */
  #logo(src) {
    const found = address(src, SERVER);
    return found && element("img", { src: found, alt: "", error: ({ target }) => target.remove() });
  }

  #key(event) {
    if (event.key !== "Escape" || event.isComposing || !this.hasAttribute("floating")) return;
    event.stopPropagation();
    this.close();
  }

  /** An on-screen keyboard covers the window without making it smaller: the panel takes what is left. */
  #followKeyboard() {
    const view = globalThis.visualViewport;
    if (!view || !this.hasAttribute("floating")) return;
    const room = written("");
    this.#root.adoptedStyleSheets.push(room);
    view.addEventListener("resize", () => room.replaceSync(`.panel { --room: ${Math.round(view.height)}px }`));
  }

  #announce({ question, reply }) {
    const { outcome, reason, confidence, release, answer, citations } = reply;
    const text = this.hasAttribute("event-text") ? { question, answer } : {};
    const detail = { outcome, reason, confidence, release, citations: citations.length, ...text };
    this.dispatchEvent(new CustomEvent("faq-answer", { bubbles: true, composed: true, detail }));
  }
}
