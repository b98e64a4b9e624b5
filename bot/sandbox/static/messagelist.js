// A list of messages that changes in place: scroll, focus and typed values stay.

import { dayKey, dayTitle } from "./dates.js";
import { arrows, h, keepFocus } from "./dom.js";
import { icon } from "./icons.js";
import { author, fillMessage, messageNode } from "./message.js";

const TOGETHER = 300;
const NEAR = 60;

const sameAuthor = (a, b) => author(a).id === author(b).id && Boolean(a.bot_id) === Boolean(b.bot_id);

function follows(message, before) {
  if (!before || before.ephemeral !== message.ephemeral || before.reply_count) return false;
  return (
    sameAuthor(message, before) &&
    Number(message.ts) - Number(before.ts) < TOGETHER &&
    dayKey(Number(message.ts)) === dayKey(Number(before.ts))
  );
}

export class MessageList {
  constructor(label, { inThread = false, intro = () => null } = {}) {
    Object.assign(this, { inThread, intro, nodes: new Map(), stuck: true });
    this.list = h("div", { role: "list", class: "messages", "aria-label": label });
    this.jump = h(
      "button",
      { type: "button", class: "newer", hidden: true, on: { click: () => this.toEnd() } },
      icon("down", 14),
      "New messages",
    );
    this.scroller = h("div", { class: "scroller" }, this.list);
    this.root = h("div", { class: "message-area" }, this.scroller, this.jump);
    this.scroller.addEventListener("scroll", () => this.scrolled());
    this.list.addEventListener("keydown", (event) => this.steer(event));
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(this.list);
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(this.scroller);
  }

  name(label) {
    this.list.setAttribute("aria-label", label);
  }

  reset() {
    this.nodes.clear();
    this.list.replaceChildren();
    this.stuck = true;
    this.jump.hidden = true;
  }

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.stuck = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.stuck) this.jump.hidden = true;
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.jump.hidden = true;
    this.stuck = true;
  }

  steer(event) {
    if (!event.target.matches("[role=listitem]")) return;
    const rows = this.rows();
    if (event.key === "Enter") event.target.querySelector(".toolbar button")?.focus();
    else if (arrows(event, rows)) rows.forEach((row) => (row.tabIndex = row === document.activeElement ? 0 : -1));
  }

  rows() {
    return [...this.list.querySelectorAll("[role=listitem]")];
  }

  /** Draw what changed; `channel` is where the messages stand. */
  show(messages, channel) {
    const grown = this.nodes.size > 0 && messages.length > 0 && !this.nodes.has(messages.at(-1).ts);
    const wanted = [this.intro(), ...this.items(messages, channel)].filter(Boolean);
    this.settle(wanted);
    const known = new Set(messages.map((one) => one.ts));
    [...this.nodes.keys()].forEach((ts) => known.has(ts) || this.nodes.delete(ts));
    const rows = this.rows();
    if (!rows.some((row) => row.tabIndex === 0) && rows.length) rows.at(-1).tabIndex = 0;
    if (this.stuck) this.toEnd();
    else if (grown) this.jump.hidden = false;
  }

  items(messages, channel) {
    return messages.flatMap((message, at) => {
      const before = messages[at - 1];
      const day = dayKey(Number(message.ts));
      const divider = !before || dayKey(Number(before.ts)) !== day ? [this.divider(message, day)] : [];
      return [...divider, this.row(message, channel, follows(message, before))];
    });
  }

  divider(message, day) {
    const title = dayTitle(Number(message.ts));
    const old = [...this.list.querySelectorAll(".day-divider")].find((node) => node.dataset.day === day);
    if (old?.textContent === title) return old;
    return h(
      "div",
      { class: "day-divider", role: "separator", "aria-label": title, data: { day } },
      h("span", {}, title),
    );
  }

  row(message, channel, compact) {
    const looks = JSON.stringify([message, compact]);
    const known = this.nodes.get(message.ts) ?? { node: messageNode(message.ts) };
    if (known.looks !== looks) {
      keepFocus(
        known.node,
        () => fillMessage(known.node, message, { channel, compact, inThread: this.inThread }),
        known.node,
      );
      known.looks = looks;
    }
    this.nodes.set(message.ts, known);
    return known.node;
  }

  settle(wanted) {
    const keep = new Set(wanted);
    [...this.list.children].forEach((node) => keep.has(node) || node.remove());
    wanted.forEach(
      (node, at) => this.list.children[at] === node || this.list.insertBefore(node, this.list.children[at] ?? null),
    );
  }

  /** Bring one message into view and focus it. */
  reveal(ts) {
    const node = this.nodes.get(ts)?.node;
    if (!node) return;
    this.stuck = false;
    node.scrollIntoView({ block: "center" });
    node.focus({ preventScroll: true });
  }
}
