// The list of choices that hangs from a field; the keyboard stays in the field.
// An option is {text, description?, usage?, picture?}; a group is {label?, options}.

import { h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { plainNodes } from "./mrkdwn.js";

export class Listbox {
  constructor({ input, label, take, multiple = false }) {
    Object.assign(this, { input, take, active: -1, shown: [] });
    const many = multiple ? "true" : null;
    this.root = h("div", {
      role: "listbox",
      id: uid("list"),
      class: "listbox",
      "aria-label": label,
      "aria-multiselectable": many,
    });
    this.root.addEventListener("pointerdown", (event) => event.preventDefault());
    input.setAttribute("aria-expanded", "true");
    input.setAttribute("aria-controls", this.root.id);
  }

  /** The option that Enter would take. */
  get current() {
    return this.shown[this.active]?.option;
  }

  /** Tell the field that its list is gone. */
  release() {
    this.input.setAttribute("aria-expanded", "false");
    ["aria-controls", "aria-activedescendant"].forEach((name) => this.input.removeAttribute(name));
  }

  /** Show words in place of options. */
  say(note) {
    this.shown = [];
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.root.replaceChildren(h("div", { class: "listbox-note", role: "status" }, note));
  }

  /** Show options; `holds` says which are chosen, `starts` which one is active first. */
  fill(groups, holds = () => false, starts = holds) {
    this.shown = [];
    this.root.replaceChildren(...groups.map((group) => this.group(group, holds)));
    this.activate(
      Math.max(
        0,
        this.shown.findIndex(({ option }) => starts(option)),
      ),
    );
  }

  group({ label, options }, holds) {
    const rows = options.map((option) => this.row(option, holds(option)));
    if (!label) return h("div", { role: "presentation" }, rows);
    const name = uid("group");
    return h(
      "div",
      { role: "group", "aria-labelledby": name },
      h("div", { class: "listbox-group", id: name }, label),
      rows,
    );
  }

  row(option, chosen) {
    const attributes = { role: "option", id: uid("option"), class: "option", "aria-selected": String(chosen) };
    const node = h("div", attributes, option.picture?.(), optionWords(option), chosen ? icon("check", 16) : null);
    const at = this.shown.push({ option, node }) - 1;
    node.addEventListener("click", () => this.take(option));
    node.addEventListener("pointermove", () => this.activate(at, false));
    return node;
  }

  activate(at, scroll = true) {
    this.shown[this.active]?.node.classList.remove("active");
    this.active = at;
    const chosen = this.shown[at];
    if (!chosen) return;
    chosen.node.classList.add("active");
    this.input.setAttribute("aria-activedescendant", chosen.node.id);
    if (scroll) chosen.node.scrollIntoView({ block: "nearest" });
  }

  /** Go up or down, around the ends. */
  move(step) {
    if (this.shown.length) this.activate((this.active + step + this.shown.length) % this.shown.length);
  }
}

function optionWords({ text, usage, description }) {
  const head = h(
    "span",
    { dir: "auto" },
    ...plainNodes(text),
    usage ? h("span", { class: "usage" }, ` ${usage}`) : null,
  );
  const note = description ? h("span", { class: "option-note", dir: "auto" }, ...plainNodes(description)) : null;
  return h("span", { class: "option-words" }, head, note);
}
