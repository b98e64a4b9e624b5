// A searchable field for one or several choices: all selects, the people switcher, the jump list.
// An option is {key, text, description?, words?, shown?, picture?, raw?}; a source takes the typed
// words and answers {groups: [{label?, options}], note?}, at once or as a promise.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { Listbox } from "./listbox.js";
import { plainNodes } from "./mrkdwn.js";
import { openPopup } from "./popup.js";

const NOTHING = "Nothing matches.";
const DEFAULTS = { multiple: false, clearable: false, delay: 0, placeholder: "", values: [], asked: 0 };

class Combobox {
  constructor(settings) {
    Object.assign(this, DEFAULTS, settings);
    this.input = this.field();
    this.tokens = h("span", { class: "tokens" });
    this.cross = h(
      "button",
      { type: "button", class: "combo-clear", "aria-label": "Clear the choice" },
      icon("close", 14),
    );
    this.cross.addEventListener("click", () => this.clear());
    const arrow = h("span", { class: "combo-arrow" }, icon("down", 14));
    this.root = h(
      "div",
      { class: "combo", data: { focusKey: this.focusKey } },
      this.tokens,
      this.input,
      this.cross,
      arrow,
    );
    this.root.addEventListener("click", (event) => event.target.closest("button") || this.press());
    this.rest();
  }

  field() {
    const { id, label, labelledBy, describedBy, required, data } = this;
    return h("input", {
      id,
      data,
      type: "text",
      role: "combobox",
      class: "combo-input",
      dir: "auto",
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": label,
      "aria-labelledby": labelledBy,
      "aria-describedby": describedBy,
      "aria-required": required ? "true" : null,
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-haspopup": "listbox",
      on: { input: () => this.search(), keydown: (event) => this.key(event), blur: () => this.left() },
    });
  }

  get single() {
    return this.multiple ? undefined : this.values[0];
  }

  /** Show what is chosen, as it stands when nobody types. */
  rest() {
    const chosen = this.single;
    this.input.value = chosen ? (chosen.shown ?? chosen.text) : "";
    this.input.placeholder = this.values.length && this.multiple ? "" : this.placeholder;
    this.tokens.replaceChildren(...(this.multiple ? this.values.map((value) => this.token(value)) : []));
    this.cross.hidden = !(this.clearable && chosen);
  }

  token(value) {
    const drop = () => {
      this.choose(this.values.filter((one) => one.key !== value.key));
      this.input.focus();
    };
    const label = `Remove ${value.text}`;
    const cross = h("button", { type: "button", "aria-label": label, on: { click: drop } }, icon("close", 12));
    return h("span", { class: "token" }, value.picture?.(), h("bdi", {}, ...plainNodes(value.text)), cross);
  }

  press() {
    this.input.focus();
    if (!this.popup) this.open();
  }

  clear() {
    this.choose([]);
    this.input.focus();
  }

  choose(values) {
    this.values = values;
    this.rest();
    this.popup?.place();
    this.onChange?.(values);
  }

  open() {
    const take = (option) => this.take(option);
    this.list = new Listbox({ input: this.input, label: this.label ?? "Choices", multiple: this.multiple, take });
    this.popup = openPopup(this.list.root, this.root, { width: "anchor", onClose: () => this.closed() });
    if (this.single) this.input.select();
    this.find(this.single ? "" : this.input.value);
  }

  closed() {
    this.popup = this.last = null;
    clearTimeout(this.timer);
    this.asked += 1;
    this.list.release();
    this.rest();
    this.deselect();
    this.onClose?.(this.values);
  }

  // Text that stays selected would lose its selection at the next click, just after `open` selected it.
  deselect() {
    const end = this.input.value.length;
    if (document.activeElement === this.input) this.input.setSelectionRange(end, end);
  }

  left() {
    setTimeout(() => this.root.contains(document.activeElement) || this.popup?.close(), 0);
  }

  search() {
    if (!this.popup) this.open();
    clearTimeout(this.timer);
    if (!this.delay) return this.find(this.input.value);
    this.wait();
    this.timer = setTimeout(() => this.popup && this.find(this.input.value), this.delay);
  }

  find(query) {
    const asked = (this.asked += 1);
    const answer = this.source(query);
    if (!(answer instanceof Promise)) return this.show(answer);
    this.wait();
    answer.then((found) => asked === this.asked && this.popup && this.show(found));
  }

  wait() {
    this.waiting = true;
    this.impatient = false;
    this.list.say("Searching…");
  }

  show({ groups, note }) {
    this.waiting = false;
    const holds = (option) => this.values.some((value) => value.key === option.key);
    if (!groups.some((group) => group.options.length)) this.list.say(note ?? NOTHING);
    else this.list.fill(groups, holds, this.multiple ? (option) => option.key === this.last : holds);
    this.popup.place();
    const now = this.impatient && this.list.current;
    this.impatient = false;
    if (now) this.take(now);
  }

  take(option) {
    const rest = this.values.filter((value) => value.key !== option.key);
    const isNew = rest.length === this.values.length;
    if (this.multiple) return this.toggle(option, rest, isNew);
    this.popup.close();
    if (isNew) this.choose([option]);
  }

  toggle(option, rest, isNew) {
    if (isNew && this.max && rest.length >= this.max) {
      return this.list.say(`You can choose up to ${this.max}. Remove one first.`);
    }
    this.choose(isNew ? [...rest, option] : rest);
    this.last = option.key;
    this.find("");
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const handled = step ? this.move(step) : this.command(event.key);
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
  }

  move(step) {
    if (this.popup) this.list.move(step);
    else this.open();
    return true;
  }

  command(key) {
    const open = Boolean(this.popup);
    if (key === "Tab" && open) this.popup.close();
    if (key === "Backspace" && this.multiple && !this.input.value) this.choose(this.values.slice(0, -1));
    if (key === "Escape" && open) this.popup.close();
    else if (key === "Enter") this.enter();
    else return false;
    return true;
  }

  enter() {
    if (!this.popup) this.open();
    else if (this.waiting) this.impatient = true;
    else if (this.list.current) this.take(this.list.current);
  }
}

/** Make a combobox; see the class for its settings. Gives `{root, input, values, choose}`. */
export const combobox = (settings) => new Combobox(settings);
