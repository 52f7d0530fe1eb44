// A citation in, addresses and plain text out. No DOM.

const EDGE = 5; // words at each end of a long quote that find it again on the owner's page
const LONG = 2 * EDGE + 2; // words
const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);

/** The address that `href` means on `base`, or null where a link must not go there (`javascript:` and the like). */
export function address(href, base) {
  const url = href && URL.canParse(href, base) ? new URL(href, base) : null;
  return url && SAFE.has(url.protocol) ? url.href : null;
}

/**
 * The owner's page, opened at the quote: a text fragment (https://wicg.github.io/scroll-to-text-fragment).
 * A long quote, and one of several lines or cells, is named by its first and its last words.
 */
export function onSite(url, quote) {
  const page = address(url);
  if (!page) return null;
  const lines = quote.split(/[\n\t|]+/).map((line) => line.split(/\s+/).filter(Boolean)).filter((line) => line.length > 0);
  if (lines.length === 0) return page;
  const [first, last] = [lines[0], lines[lines.length - 1]];
  const short = lines.length === 1 && first.length <= LONG;
  const parts = short ? [first] : [first.slice(0, EDGE), last.slice(-EDGE)];
  const fragment = parts.map((words) => encoded(words.join(" "))).join(",");
  return `${page}${page.includes("#") ? "" : "#"}:~:text=${fragment}`;
}

/** A dash would separate a prefix from the text, so it is encoded as well. */
function encoded(text) {
  return encodeURIComponent(text).replaceAll("-", "%2D");
}

/** An answer as it is copied: the note, the quotes with their numbers, then the sources. */
export function plainText(reply, base) {
  const quotes = reply.citations.map(({ number, quote }) => `“${quote}” [${number}]`);
  const sources = reply.citations.map(
    ({ number, document, heading, href }) =>
      `[${number}] ${[document.title, heading, document.date].filter(Boolean).join(", ")} ${address(document.url ?? href, base) ?? ""}`,
  );
  return [reply.note, ...quotes, sources.join("\n")].filter(Boolean).join("\n\n");
}
