// A tag, attributes, listeners and children in, an element out. Text only ever becomes a text node.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  close: ["M6 6l12 12M18 6L6 18"],
  restart: ["M4 12a8 8 0 1 0 2.6-5.9", "M4 4.5V9h4.5"],
  send: ["M5 12h14M13 6l6 6-6 6"],
  up: ["M7 11v9H4v-9zM7 11l4-7c1.7 0 2.6 1.2 2.3 2.8L12.7 10H18a2 2 0 0 1 2 2.4l-1.2 6A2 2 0 0 1 16.8 20H7"],
  down: ["M7 13V4H4v9zM7 13l4 7c1.7 0 2.6-1.2 2.3-2.8L12.7 14H18a2 2 0 0 0 2-2.4l-1.2-6A2 2 0 0 0 16.8 4H7"],
  copy: ["M9 9h11v11H9z", "M15 9V4H4v11h5"],
};

/** Functions are listeners, by the event's name; false, null and undefined leave an attribute out, true leaves it empty. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== "" && child !== false));
  return node;
}

/** A drawing of ours by its name, hidden from screen readers: the button that holds it has the words. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  for (const line of ICONS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", line);
    drawing.append(path);
  }
  return drawing;
}

/** A button that shows a drawing and is named by `label`. */
export function iconButton(name, label, attributes = {}) {
  return element("button", { type: "button", class: "tool", "aria-label": label, title: label, ...attributes }, icon(name));
}
