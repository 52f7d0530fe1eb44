// Questions in, replies of the server out; every way of failing is a Failure with a kind. No DOM.

export const PATIENCE = 20_000; // milliseconds until a question is given up
const KINDS = new Map([
  [400, "refused"],
  [413, "refused"],
  [422, "refused"],
  [429, "busy"],
  [503, "unreachable"],
]);
const DEFAULT_WAIT = 10; // seconds, where a busy server names none

/** `kind` is a name in the strings: offline, unreachable, slow, busy, refused or broken. `seconds` is how long to wait. */
export class Failure extends Error {
  constructor(kind, seconds = 0) {
    super(kind);
    this.kind = kind;
    this.seconds = seconds;
  }
}

export class Client {
  #server;
  #lang;
  #patience;

  /** `server` is the address that `api/v1/ask` is relative to, `lang` the language of the notes. */
  constructor(server, lang, patience = PATIENCE) {
    this.#server = server;
    this.#lang = lang;
    this.#patience = patience;
  }

  /** The reply to a question; `conversation` is the token of the last reply or null. Throws a Failure. */
  async ask(question, conversation) {
    const response = await this.#post("api/v1/ask", { question, conversation, lang: this.#lang });
    try {
      return await response.json();
    } catch {
      throw new Failure("broken");
    }
  }

  /** A vote on the answer with this id; the last one counts. Throws a Failure. */
  async feedback(id, helpful, comment) {
    await this.#post("api/v1/feedback", comment ? { id, helpful, comment } : { id, helpful });
  }

  async #post(path, message) {
    const response = await this.#fetch(new URL(path, this.#server), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(message),
      credentials: "omit",
      signal: AbortSignal.timeout(this.#patience),
    });
    if (!response.ok) throw refusal(response);
    return response;
  }

  async #fetch(address, request) {
    try {
      return await fetch(address, request);
    } catch (error) {
      if (error.name === "TimeoutError") throw new Failure("slow");
      throw new Failure(navigator.onLine === false ? "offline" : "unreachable");
    }
  }
}

function refusal(response) {
  const kind = KINDS.get(response.status) ?? "broken";
  const seconds = Number.parseInt(response.headers.get("Retry-After"), 10);
  return new Failure(kind, seconds > 0 ? seconds : DEFAULT_WAIT);
}
