// Words for the person when something did not work, near where it happened.

import { h } from "./dom.js";
import { icon } from "./icons.js";

const HOMES = ".block, .composer, .dialog-foot, .clock-panel, .message-body, .home-body";

function box(text, extra = "") {
  const node = h(
    "div",
    { class: `notice ${extra}`, role: "alert" },
    icon("warning", 16),
    h("span", { class: "notice-text", dir: "auto" }, text),
  );
  const dismiss = () => node.remove();
  node.append(
    h(
      "button",
      { type: "button", class: "icon-button small", "aria-label": "Dismiss", on: { click: dismiss } },
      icon("close", 14),
    ),
  );
  return node;
}

/** Show a notice after the block, composer or dialog a control stands in. */
export function noticeNear(control, text) {
  const home = control.isConnected ? control.closest(HOMES) : null;
  if (!home) return toast(text);
  clearNotice(control);
  const node = box(text);
  if (home.matches(".block, .dialog-foot")) home.before(node);
  if (home.matches(".block")) home.after(node);
  if (home.matches(".composer, .clock-panel, .message-body, .home-body")) home.prepend(node);
}

/** Take the notice near a control away again. */
export function clearNotice(control) {
  const home = control.closest(HOMES);
  [home?.nextElementSibling, home?.previousElementSibling, home?.firstElementChild].forEach(
    (node) => node?.matches(".notice") && node.remove(),
  );
}

/** A notice at the foot of the page, for what belongs to no one place. */
export function toast(text) {
  const shelf = document.getElementById("toasts");
  const node = box(text, "toast");
  shelf.append(node);
  setTimeout(() => node.remove(), 9000);
}

/** Say something to screen readers only. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}

/** Show that a control waits, and swallow presses until it is done. */
export async function busyWhile(control, work) {
  control.setAttribute("aria-busy", "true");
  control.setAttribute("aria-disabled", "true");
  try {
    return await work();
  } finally {
    control.removeAttribute("aria-busy");
    control.removeAttribute("aria-disabled");
  }
}

export const isBusy = (control) => control.getAttribute("aria-disabled") === "true";
