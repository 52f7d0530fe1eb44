// Served as /widget.js: a button in the corner of a page, which fetches the chat when it is first wanted.

const site = "__SITE__"; // the server writes here: {chat, css, labels: {lang: {launch, load_failed, as_page, dir}}}
const server = new URL(".", import.meta.url);
const options = { ...[...document.scripts].find((script) => script.src === import.meta.url)?.dataset };
const OPENED = `faqtual open ${server}`; // in the tab's storage: the panel stood open on the last page
const WIDE = "(min-width: 35.01em) and (min-height: 25.01em)"; // beyond a phone: the panel leaves the page in view
const BUBBLE = "M4 5h16v12H10l-4 3.5V17H4z";
const ARROW = "M6 9l6 6 6-6";

const STYLE = `
:host { all: initial !important; display: contents !important }
button, p {
  --accent: var(--faq-accent, var(--owner-accent));
  --on-accent: var(--faq-accent-text, var(--owner-accent-text));
  position: fixed; z-index: var(--faq-z-index, 2147483000); box-sizing: border-box; margin: 0;
  inset-block-end: var(--faq-inset-y, 1.25em); inset-inline-end: var(--faq-inset-x, 1.25em);
  font: 500 medium/1.3 var(--faq-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif);
}
.start { inset-inline: var(--faq-inset-x, 1.25em) auto }
button {
  display: flex; gap: .6em; align-items: center; min-height: 3.25em; max-width: calc(100vw - 2.5em); padding: .5em 1.25em;
  border: 1px solid transparent; border-radius: 2em; cursor: pointer; color: var(--on-accent); background: var(--accent);
  box-shadow: 0 1px 3px rgb(0 0 0 / 20%), 0 6px 20px rgb(0 0 0 / 18%);
}
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; box-shadow: 0 0 0 3px #fff }
button[aria-busy=true] { cursor: wait }
svg { flex: none; width: 1.375em; height: 1.375em; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linejoin: round; stroke-linecap: round }
[aria-expanded=true] path:first-child, [aria-expanded=false] path:last-child { display: none }
p { inset-block-end: 5.5em; max-width: 20em; padding: .75em 1em; border: 1px solid; border-radius: .75em; color: #1b2024; background: #fff }
p:empty { display: none }
a { color: inherit }
@media not all and ${WIDE} { [aria-expanded=true] { visibility: hidden } }
@media print { button { display: none } }
`;

class FaqLauncher extends HTMLElement {
  #root = this.attachShadow({ mode: "open" });
  #chat = null;
  #lang = language();
  #labels = site.labels[this.#lang];
  #button = this.#makeButton();
  #trouble = make("p", { role: "status" });

  connectedCallback() {
    if (this.#button.isConnected) return;
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE + site.css);
    this.#root.adoptedStyleSheets = [style];
    this.#root.append(this.#button, this.#trouble);
    this.addEventListener("focusout", (event) => this.#leave(event));
    if (wasOpen() || "open" in options) this.#restore();
  }

  /** Resolves once the panel is open, and also where it cannot be loaded: then a link to the page says so. */
  async open() {
    await this.#with((chat) => chat.open());
  }

  close() {
    this.#chat?.close();
  }

  /** Opens the panel and asks; the reply as the API gives it, or null. */
  async ask(text) {
    return this.#with((chat) => chat.ask(text));
  }

  async #with(act) {
    this.#button.setAttribute("aria-busy", "true");
    try {
      const chat = await this.#load();
      this.#note(true);
      return await act(chat);
    } catch {
      this.#fail();
      return null;
    } finally {
      this.#button.removeAttribute("aria-busy");
    }
  }

  async #load() {
    await import(new URL("define.js", new URL(site.chat, server)));
    if (!this.#chat) {
      const { theme, position, eventText } = options;
      const attributes = { id: "chat", floating: "", lang: this.#lang, theme, position, "event-text": eventText };
      this.#chat = make("faq-chat", attributes);
      this.#chat.addEventListener("close", () => this.#closed());
      this.#root.append(this.#chat);
    }
    await this.#chat.ready;
    this.#trouble.replaceChildren();
    return this.#chat;
  }

  /** On a page that follows, and where the page wants it open: in view, without taking the focus from the page. */
  async #restore() {
    if (!matchMedia(WIDE).matches) return;
    await this.#with((chat) => chat.setAttribute("open", ""));
  }

  #closed() {
    const within = this.#root.activeElement === this.#chat;
    this.#note(false);
    if (within) this.#button.focus();
  }

  /** Where the panel covers the window, leaving it closes it: what has the focus must be in view. */
  #leave({ relatedTarget }) {
    if (relatedTarget && !matchMedia(WIDE).matches) this.close();
  }

  #note(open) {
    this.#button.setAttribute("aria-expanded", String(open));
    remember(open);
  }

  #fail() {
    this.#chat?.remove();
    this.#chat = null;
    this.#note(false);
    const link = make("a", { href: new URL("chat", server), target: "_blank", rel: "noopener" }, this.#labels.as_page);
    this.#trouble.replaceChildren(this.#labels.load_failed, " ", link);
  }

  #makeButton() {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    for (const line of [BUBBLE, ARROW]) {
      const path = svg.appendChild(document.createElementNS(svg.namespaceURI, "path"));
      path.setAttribute("d", line);
    }
    const { dir, launch } = this.#labels;
    const attributes = { type: "button", part: "button", class: options.position, lang: this.#lang, dir };
    const state = { "aria-haspopup": "dialog", "aria-expanded": "false" };
    const button = make("button", { ...attributes, ...state }, svg, make("span", {}, launch));
    button.addEventListener("click", () => (button.ariaExpanded === "true" ? this.close() : this.open()));
    button.addEventListener("keydown", ({ key }) => key === "Escape" && this.close());
    return button;
  }
}

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** The language of the interface: asked for, else the page's, else the visitor's, else the owner's first. */
function language() {
  const wanted = [options.lang, document.documentElement.lang, navigator.language].filter(Boolean);
  const known = wanted.map((tag) => tag.toLowerCase().split("-")[0]).find((tag) => tag in site.labels);
  return known ?? Object.keys(site.labels)[0];
}

function wasOpen() {
  try {
    return sessionStorage.getItem(OPENED) === "yes";
  } catch {
    return false; // a page without storage
  }
}

function remember(open) {
  try {
    sessionStorage.setItem(OPENED, open ? "yes" : "no");
  } catch {
    // a page without storage: the next one begins with the panel closed
  }
}

if (document.querySelector("faq-chat") || options.launcher === "none") {
  import(new URL("define.js", new URL(site.chat, server)));
} else if (!customElements.get("faq-launcher")) {
  customElements.define("faq-launcher", FaqLauncher);
  (document.body ?? document.documentElement).append(document.createElement("faq-launcher"));
}
