// Dialogs: the frame of modals, confirmations and the jump list.

import { focusables, h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { textObject } from "./mrkdwn.js";

function trap(event, dialog) {
  const stops = focusables(dialog);
  if (event.key !== "Tab" || stops.length === 0) return;
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge && dialog.contains(document.activeElement) && document.activeElement !== dialog)
    return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0]).focus();
}

/** An empty dialog that keeps the keyboard inside; Escape calls `leave`. */
export function frame(attributes, leave) {
  const before = document.activeElement;
  const dialog = h("dialog", attributes);
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("keydown", (event) => {
    trap(event, dialog);
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    leave();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (document.activeElement === document.body && document.contains(before)) before.focus({ preventScroll: true });
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** The bar with the title and the × of a dialog. */
export function dialogHead(titleNode, leave, before = null) {
  const cross = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": "Dismiss", on: { click: leave } },
    icon("close"),
  );
  return h("header", { class: "dialog-head" }, before, titleNode, cross);
}

const words = (text, fallback) => text?.text || fallback;

/** Ask before something is done, with Slack's confirm object; true when agreed. */
export function confirmed(confirm) {
  if (!confirm) return Promise.resolve(true);
  return new Promise((resolve) => {
    const [name, body] = [uid("title"), uid("text")];
    const settle = (choice) => {
      resolve(choice);
      dialog.close();
    };
    const dialog = frame({ class: "dialog confirm", "aria-labelledby": name, "aria-describedby": body }, () =>
      settle(false),
    );
    const look = confirm.style === "danger" ? "danger" : "primary";
    const yes = h(
      "button",
      { type: "button", class: `button ${look}`, on: { click: () => settle(true) } },
      words(confirm.confirm, "Yes"),
    );
    const no = h(
      "button",
      { type: "button", class: "button", on: { click: () => settle(false) } },
      words(confirm.deny, "Cancel"),
    );
    const heading = h("h2", { id: name, dir: "auto" }, words(confirm.title, "Are you sure?"));
    dialog.append(
      dialogHead(heading, () => settle(false)),
      h("div", { id: body, class: "dialog-body" }, textObject(confirm.text)),
    );
    dialog.append(h("footer", { class: "dialog-foot" }, no, yes));
    yes.focus();
  });
}
