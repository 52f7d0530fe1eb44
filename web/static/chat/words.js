// The strings of one language in, sentences out. No DOM.

export class Words {
  #strings;
  #locale;

  /** `look` is what the server says of the chat in one language: `lang`, `strings`, `name`, `greeting`, `contact`, ... */
  constructor(look) {
    this.look = look;
    this.lang = look.lang;
    this.#strings = look.strings;
    this.#locale = navigator.language.startsWith(look.lang) ? navigator.language : look.lang; // a visitor's own way of dates
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
