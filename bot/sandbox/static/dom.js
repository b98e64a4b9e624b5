// Building DOM nodes. Data only ever becomes text nodes or checked attributes, never markup.

let counter = 0;

/** A fresh id for tying labels, hints and errors to their fields. */
export const uid = (prefix = "n") => `${prefix}-${(counter += 1)}`;

const SVG = "http://www.w3.org/2000/svg";

function apply(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "class") node.setAttribute("class", value);
  else if (name === "on") Object.entries(value).forEach(([type, listener]) => node.addEventListener(type, listener));
  else if (name === "data")
    Object.entries(value).forEach(([key, item]) => item !== undefined && (node.dataset[key] = item));
  else if (name === "style") Object.assign(node.style, value);
  else if (name === "value" || name === "checked" || name === "disabled") node[name] = value;
  else node.setAttribute(name, value === true ? "" : value);
}

/** An element with attributes and children; strings become text, null is left out. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => apply(node, name, value));
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A line drawing of 20 × 20 units. */
export function drawing(path, size = 20) {
  const svg = document.createElementNS(SVG, "svg");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  const look = {
    viewBox: "0 0 20 20",
    width: size,
    height: size,
    "aria-hidden": "true",
    class: "icon",
    focusable: "false",
  };
  Object.entries(look).forEach(([name, value]) => svg.setAttribute(name, value));
  svg.append(shape);
  return svg;
}

/** Text for screen readers only. */
export const hidden = (text) => h("span", { class: "visually-hidden" }, text);

const FOCUSABLE = "a[href], button, input, textarea, select, [tabindex]";

/** What can take the keyboard inside a node, in order. */
export function focusables(root) {
  const reachable = (node) => !node.disabled && node.tabIndex >= 0 && node.getClientRects().length > 0;
  return [...root.querySelectorAll(FOCUSABLE)].filter(reachable);
}

const keyOf = (node) => node.closest("[data-focus-key]")?.dataset.focusKey;

function restore(root, key, selection) {
  const wrapper = [...root.querySelectorAll("[data-focus-key]")].find((node) => node.dataset.focusKey === key);
  const target = wrapper && (wrapper.matches(FOCUSABLE) ? wrapper : focusables(wrapper)[0]);
  if (!target) return false;
  target.focus({ preventScroll: true });
  if (selection && "setSelectionRange" in target && target.type !== "email" && target.type !== "number") {
    target.setSelectionRange(...selection);
  }
  return true;
}

function caret(node) {
  return "selectionStart" in node && node.selectionStart !== null ? [node.selectionStart, node.selectionEnd] : null;
}

/** Redraw inside a root and give the keyboard back to the same control. */
export function keepFocus(root, redraw, fallback = null) {
  const active = document.activeElement;
  const inside = active && active !== document.body && root.contains(active);
  const key = inside ? keyOf(active) : undefined;
  const selection = inside ? caret(active) : null;
  redraw();
  if (inside && !document.contains(active) && !(key && restore(root, key, selection)))
    fallback?.focus({ preventScroll: true });
}

/** Move the keyboard with the arrow keys through a list of nodes. */
export function arrows(event, nodes, [back, forward] = ["ArrowUp", "ArrowDown"]) {
  const at = nodes.indexOf(document.activeElement);
  const goals = {
    [back]: at <= 0 ? nodes.length - 1 : at - 1,
    [forward]: (at + 1) % nodes.length,
    Home: 0,
    End: nodes.length - 1,
  };
  if (!(event.key in goals) || nodes.length === 0) return false;
  event.preventDefault();
  nodes[goals[event.key]].focus();
  return true;
}
