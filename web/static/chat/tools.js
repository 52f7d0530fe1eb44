// A turn in, the buttons under its answer out: copy, helpful or not, and a word on why not.

import { element, iconButton } from "./dom.js";

const LONGEST_COMMENT = 500; // characters

export function tools(turn, words, actions) {
  const { reply } = turn;
  const copy = reply.citations.length > 0 && iconButton("copy", words.say("copy"), { click: () => actions.copy(turn) });
  return element("div", { class: "tools", part: "tools" }, copy, reply.id ? votes(turn, words, actions) : null);
}

/** Two buttons of which the pressed one is the vote; the last vote counts. */
function votes(turn, words, actions) {
  const vote = (helpful) => async ({ currentTarget }) => {
    if (!(await actions.vote(turn, helpful))) return;
    press();
    const row = currentTarget.closest(".tools");
    row.querySelector(".comment")?.remove();
    if (!helpful && words.look.comments) row.append(comment(turn, words, actions));
  };
  const up = iconButton("up", words.say("helpful"), { click: vote(true) });
  const down = iconButton("down", words.say("unhelpful"), { click: vote(false) });
  const press = () => {
    up.setAttribute("aria-pressed", String(turn.helpful === true));
    down.setAttribute("aria-pressed", String(turn.helpful === false));
  };
  press();
  return [up, down];
}

function comment(turn, words, actions) {
  const label = words.say("comment");
  const input = element("input", { "aria-label": label, placeholder: label, maxlength: LONGEST_COMMENT, autocomplete: "off" });
  const submit = async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text && (await actions.vote(turn, false, text))) form.remove();
  };
  const send = element("button", { class: "small" }, words.say("comment_send"));
  const form = element("form", { class: "comment", submit }, input, send);
  return form;
}
