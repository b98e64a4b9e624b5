// The box that messages and slash commands are written in.

import { send } from "./api.js";
import { avatar } from "./avatars.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { Listbox } from "./listbox.js";
import { menuButton } from "./menu.js";
import { busyWhile, clearNotice, isBusy, noticeNear } from "./notices.js";
import { openPopup } from "./popup.js";
import { app, fullName, state } from "./store.js";

const COMMAND = /^\/(\S*)$/;
const MENTION = /(^|[\s(])@([\p{L}\p{N}._ -]{0,30})$/u;
const MOST = 8;
const TALLEST = 240;

function startsAWord(one, query) {
  const words = `${fullName(one)} ${one.name}`.toLowerCase().split(" ");
  return words.some((_, at) => words.slice(at).join(" ").startsWith(query));
}

/** The lightning menu's entries: what the app offers from anywhere. */
function globalShortcuts(control) {
  const run = async (one) => {
    const asked = { user: state.user, callback_id: one.callback_id };
    const answer = await busyWhile(control, () => send("/page/shortcut", asked));
    if (!answer.ok) noticeNear(control, answer.notice);
  };
  const offered = (state.session?.shortcuts ?? []).filter((one) => one.type === "global");
  const entry = ({ name, description }) => ({ text: name, description, heading: app().name, icon: icon("bolt", 16) });
  return offered.map((one) => ({ ...entry(one), run: () => run(one) }));
}

function lightning() {
  const look = { class: "tool", "aria-label": "Shortcuts", title: "Shortcuts" };
  const button = menuButton(look, icon("bolt", 18), () => globalShortcuts(button), "Shortcuts");
  return button;
}

export class Composer {
  constructor({ place, placeholder, shortcuts, sending }) {
    Object.assign(this, { place, sending, mentions: new Map(), drafts: new Map() });
    this.text = this.field();
    this.hint = h("div", { class: "composer-hint", "aria-live": "polite" });
    const look = { type: "button", class: "send", "aria-label": "Send message", title: "Send" };
    this.button = h("button", { ...look, on: { click: () => this.submit() } }, icon("send", 18));
    const foot = h("div", { class: "composer-foot" }, shortcuts ? lightning() : null, this.hint, this.button);
    this.frame = h("div", { class: "composer-box" }, this.text, foot);
    this.root = h("div", { class: "composer" }, this.frame);
    this.name(placeholder);
  }

  field() {
    return h("textarea", {
      rows: "1",
      dir: "auto",
      class: "composer-text",
      "aria-autocomplete": "list",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      on: {
        input: () => this.typed(),
        keydown: (event) => event.isComposing || this.key(event),
        blur: () => this.shut(),
        click: () => this.suggest(),
      },
    });
  }

  /** Say where the words will go; each place keeps its own draft. */
  name(label, key = label) {
    if (this.at === key && this.text.placeholder === label) return;
    this.drafts.set(this.at, this.text.value);
    this.at = key;
    this.text.placeholder = label;
    this.text.setAttribute("aria-label", label);
    this.text.value = this.drafts.get(key) ?? "";
    this.shut();
    this.settle();
  }

  typed() {
    this.settle();
    this.suggest();
  }

  settle() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, TALLEST)}px`;
    this.button.classList.toggle("ready", Boolean(this.text.value.trim()));
    const word = this.text.value.split(/\s/)[0];
    const command = state.session?.commands.find((one) => one.command === word);
    this.hint.textContent = command?.usage_hint ? `${command.command} ${command.usage_hint}` : "";
  }

  suggestions() {
    const before = this.text.value.slice(0, this.text.selectionStart);
    const command = COMMAND.exec(before);
    if (command && !this.place().thread_ts) return this.commands(command[1].toLowerCase());
    const mention = MENTION.exec(before);
    return mention ? this.people(mention[2].toLowerCase()) : [];
  }

  commands(query) {
    const fitting = (state.session?.commands ?? []).filter((one) => one.command.slice(1).startsWith(query));
    return fitting.map(({ command, usage_hint, description }) => ({
      text: command,
      usage: usage_hint,
      description,
      take: () => this.insert(query.length + 1, `${command} `),
    }));
  }

  people(query) {
    const fitting = state.session.people.filter((one) => startsAWord(one, query));
    return fitting.slice(0, MOST).map((one) => ({
      text: fullName(one),
      description: one.title,
      picture: () => avatar(one, 24),
      take: () => this.mention(one, query),
    }));
  }

  mention(one, query) {
    this.mentions.set(`@${fullName(one)}`, `@${one.name}`);
    this.insert(query.length + 1, `@${fullName(one)} `);
  }

  insert(length, text) {
    const end = this.text.selectionStart;
    this.text.setRangeText(text, end - length, end, "end");
    this.shut();
    this.settle();
    this.text.focus();
  }

  suggest() {
    const found = document.activeElement === this.text ? this.suggestions() : [];
    if (!found.length) return this.shut();
    if (!this.popup) this.open();
    this.list.fill([{ options: found }]);
    this.popup.place();
  }

  open() {
    this.list = new Listbox({ input: this.text, label: "Suggestions", take: (option) => option.take() });
    const onClose = () => {
      this.popup = null;
      this.list.release();
    };
    this.popup = openPopup(this.list.root, this.frame, { width: "anchor", onClose });
  }

  shut() {
    this.popup?.close();
  }

  key(event) {
    const handled = this.popup && this.choosing(event.key);
    const sends = !handled && event.key === "Enter" && !event.shiftKey;
    if (sends) this.submit();
    if (handled || sends) event.preventDefault();
    if (handled) event.stopPropagation();
  }

  choosing(key) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    const isWhole = this.list.current.text === this.text.value;
    if (step) this.list.move(step);
    else if (key === "Tab" || (key === "Enter" && !isWhole)) this.list.current.take();
    else if (key === "Escape") this.shut();
    else return false;
    return true;
  }

  withHandles(text) {
    const names = [...this.mentions.keys()].sort((a, b) => b.length - a.length);
    return names.reduce((all, name) => all.replaceAll(name, this.mentions.get(name)), text);
  }

  async submit() {
    const text = this.withHandles(this.text.value.trimEnd());
    if (!text.trim() || isBusy(this.button)) return this.text.focus();
    this.shut();
    clearNotice(this.text);
    this.sending();
    this.text.readOnly = true;
    const at = this.at;
    const answer = await busyWhile(this.button, () => send("/page/send", { user: state.user, ...this.place(), text }));
    this.text.readOnly = false;
    if (answer.ok) this.sent(at);
    else noticeNear(this.text, answer.notice);
  }

  sent(at) {
    if (this.at !== at) return void this.drafts.delete(at);
    this.text.value = "";
    this.settle();
  }
}
