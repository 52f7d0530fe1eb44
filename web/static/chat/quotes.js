// Citations in, figures out: the quoted words and under them the source, numbered and linked.

import { address, onSite } from "./citation.js";
import { element } from "./dom.js";

const NEW_TAB = { target: "_blank", rel: "noopener" };

/** The quotes of one answer, one under the other; where sources differ, one card for each side. */
export function quotes(reply, words, base) {
  const figures = (citations) => citations.map((citation) => figure(citation, words, base));
  if (reply.outcome !== "conflict") return figures(reply.citations);
  const cards = sides(reply.citations).map((side) => element("div", { class: "side", part: "side" }, figures(side)));
  return [element("div", { class: "sides" }, cards)];
}

export function figure(citation, words, base) {
  const { document, quote } = citation;
  return element(
    "figure",
    { class: "quote", part: "quote" },
    element("blockquote", { lang: document.lang, dir: "auto" }, element("p", {}, quote)),
    element("figcaption", { class: "source" }, viewer(citation, words, base), website(citation, words), also(citation, words)),
  );
}

/** In the order in which they come; a citation without a side stands alone. */
function sides(citations) {
  const found = new Map();
  for (const citation of citations) {
    const side = citation.side ?? `alone ${citation.number}`;
    found.set(side, [...(found.get(side) ?? []), citation]);
  }
  return [...found.values()];
}

function viewer(citation, words, base) {
  const { document, number, heading, page, href } = citation;
  const theirs = (text, more) => text && element("bdi", { lang: document.lang, ...more }, text);
  const ours = (text) => text && element("bdi", {}, text);
  const title = theirs(document.title, { class: "title" });
  const where = [theirs(heading), ours(page && words.say("page", { page })), ours(words.date(document.date))];
  const parts = [
    element("span", { class: "unseen" }, `${words.say("source")} `),
    element("span", { class: "number" }, String(number)),
    element("span", {}, title, where.filter(Boolean).flatMap((part) => [" · ", part])),
    element("span", { class: "unseen" }, ` ${words.say("opens")}`),
  ];
  return element("a", { href: address(href, base), part: "source", ...NEW_TAB }, parts);
}

function website({ document, quote }, words) {
  const href = onSite(document.url, quote);
  return href && element("a", { href, class: "site", ...NEW_TAB }, words.say("site"));
}

function also(citation, words) {
  const titles = [...new Set((citation.also ?? []).map(({ document }) => document.title))];
  return titles.length === 0 ? null : element("span", {}, words.say("also", { titles: words.list(titles) }));
}
