// Turns in, the same turns out after a reload of the page: kept in the tab's session storage, in memory where that throws.

export const KEPT = 30; // turns

export class Transcript {
  #key;
  #storage;
  turns = []; // {question, reply, helpful?}, oldest first
  draft = ""; // typed and not answered yet

  constructor(key, storage = sessionStorageOrNull()) {
    this.#key = key;
    this.#storage = storage;
    this.#load();
  }

  /** The token to send with the next question. */
  get conversation() {
    return this.turns.at(-1)?.reply.conversation ?? null;
  }

  add(question, reply) {
    const turn = { question, reply };
    this.turns = [...this.turns, turn].slice(-KEPT);
    this.draft = "";
    this.save();
    return turn;
  }

  clear() {
    this.turns = [];
    this.draft = "";
    this.save();
  }

  /** A full or forbidden storage is no reason to stop talking: what is in memory goes on. */
  save() {
    try {
      this.#storage?.setItem(this.#key, JSON.stringify({ turns: this.turns, draft: this.draft }));
    } catch {
      this.#storage = null;
    }
  }

  #load() {
    try {
      const { turns, draft } = JSON.parse(this.#storage?.getItem(this.#key) ?? "{}");
      this.turns = Array.isArray(turns) ? turns.filter((turn) => turn?.question && turn.reply?.citations) : [];
      this.draft = typeof draft === "string" ? draft : "";
    } catch {
      this.clear();
    }
  }
}

/** Reading the property itself throws where a page has no storage, as in a sandboxed frame. */
function sessionStorageOrNull() {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}
