// The strings of one language in, sentences out. No DOM.

export class Words {
  #strings;
  #locale;

  /** `look` is what the server says of the chat in one language: `lang`, `strings`, `name`, `greeting`, `contact`, ... */
  constructor(look) {
    this.look = look;
    this.lang = look.lang;
    this.#strings = look.strings;
    // A visitor's own way of dates: British ones for who reads English second and as the British do.
    this.#locale = navigator.languages.find((tag) => tag.startsWith(look.lang)) ?? look.lang;
  }

  /** The string with `{name}` replaced by `parts.name`. */
  say(name, parts = {}) {
    return this.#strings[name].replace(/\{(\w+)\}/g, (hole, key) => parts[key] ?? hole);
  }

  list(items) {
    return new Intl.ListFormat(this.#locale, { type: "unit" }).format(items);
  }

  /** An ISO date as it is written in this language; anything else as it is. */
  date(iso) {
    if (!/^\d{4}-\d\d-\d\d$/.test(iso ?? "")) return iso;
    return new Intl.DateTimeFormat(this.#locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(iso));
  }
}
