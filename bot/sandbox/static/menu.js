// Menus: the lightning menu, overflow, more actions.

import { arrows, h } from "./dom.js";
import { openPopup } from "./popup.js";

function entry(item, choose) {
  const body = [
    h("span", { class: "menu-text", dir: "auto" }, item.text),
    item.description ? h("span", { class: "menu-note", dir: "auto" }, item.description) : null,
  ];
  const attributes = {
    role: "menuitem",
    tabindex: "-1",
    class: "menu-item",
    type: "button",
    on: { click: () => choose(item) },
  };
  return h("button", attributes, item.icon ?? null, h("span", { class: "menu-words" }, body));
}

const firstLetter = (entries, key) => {
  const after = entries.indexOf(document.activeElement) + 1;
  const order = [...entries.slice(after), ...entries.slice(0, after)];
  order.find((one) => one.textContent.trim().toLowerCase().startsWith(key.toLowerCase()))?.focus();
};

function steer(event, entries, leave) {
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    leave();
  } else if (
    !arrows(event, entries) &&
    event.key.length === 1 &&
    event.key !== " " &&
    !event.ctrlKey &&
    !event.metaKey
  ) {
    firstLetter(entries, event.key);
  }
}

function fill(list, items, choose) {
  let heading = null;
  items.forEach((item) => {
    if (item.heading && item.heading !== heading)
      list.append(h("div", { class: "menu-heading", role: "presentation" }, item.heading));
    heading = item.heading;
    list.append(entry(item, choose));
  });
  if (items.length === 0) list.append(h("div", { class: "menu-empty" }, "Nothing to choose here."));
}

/** Open a menu at a button; each item has text and `run`. */
function openMenu(anchor, items, label, align = "start") {
  if (anchor.getAttribute("aria-expanded") === "true") return;
  const list = h("div", { role: "menu", "aria-label": label, class: "menu", tabindex: "-1" });
  const popup = openPopup(list, anchor, { align, onClose: () => anchor.setAttribute("aria-expanded", "false") });
  const leave = () => {
    anchor.focus();
    popup.close();
  };
  fill(list, items, (item) => {
    leave();
    item.run();
  });
  popup.place();
  anchor.setAttribute("aria-expanded", "true");
  const entries = [...list.querySelectorAll("[role=menuitem]")];
  list.addEventListener("keydown", (event) => steer(event, entries, leave));
  (entries[0] ?? list).focus();
}

/** A button that opens a menu; `items` is asked each time. */
export function menuButton(attributes, content, items, label, align) {
  const button = h(
    "button",
    { type: "button", "aria-haspopup": "menu", "aria-expanded": "false", ...attributes },
    content,
  );
  button.addEventListener(
    "click",
    () => button.getAttribute("aria-disabled") !== "true" && openMenu(button, items(), label, align),
  );
  return button;
}
