// Slack's own markup, drawn as DOM nodes. Whatever is not understood stays text.

import { dateWords } from "./dates.js";
import { h } from "./dom.js";
import { emojiFor } from "./emoji.js";
import { anchor } from "./links.js";
import { channelName, conversation, fullName, person, state, tell, title } from "./store.js";

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** Undo Slack's three escapes. */
const unescape = (text) => text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);

const DEEPEST = 6;
const STYLES = { "*": "strong", _: "em", "~": "s" };
const WORD = /[\p{L}\p{N}]/u;
const URL_END = /[.,;:!?'")\]}]+$/;

/** A person's name in a message. */
export function userMention(id) {
  return h(
    "span",
    { class: `mention${id === state.user ? " mention-me" : ""}` },
    h("bdi", {}, `@${fullName(person(id))}`),
  );
}

/** A channel's name in a message, which leads there. */
export function channelMention(id, label) {
  const known = conversation(id);
  const name = known ? title(known) : channelName(id) || label || "private-channel";
  if (!known) return h("span", { class: "mention" }, `#${name}`);
  return h(
    "button",
    { type: "button", class: "mention", on: { click: () => tell("go", { channel: id }) } },
    `#${name}`,
  );
}

/** A mention of everyone at once. */
export const broadcast = (range) => h("span", { class: "mention mention-me" }, `@${range}`);

/** A time in the acting person's zone. */
export function dateMention(epoch, format, link, fallback) {
  const words = dateWords(epoch, format) ?? fallback;
  return link ? anchor(link, words) : h("time", {}, words);
}

/** An emoji, or its :name: where there is no picture for it. */
export function emoji(name) {
  const picture = emojiFor(name);
  return picture
    ? h("span", { class: "emoji", role: "img", "aria-label": `${name.replaceAll("_", " ")} emoji` }, picture)
    : `:${name}:`;
}

function special(body, label) {
  const [name, ...rest] = body.slice(1).split("^");
  if (["here", "channel", "everyone"].includes(name)) return broadcast(name);
  if (name === "date")
    return dateMention(Number(rest[0]), unescape(rest[1] ?? ""), rest[2], unescape(label ?? rest[1] ?? ""));
  if (name === "subteam") return h("span", { class: "mention" }, unescape(label ?? `@${rest[0] ?? "group"}`));
  return unescape(label ?? `<${body}>`);
}

function reference(inside) {
  const at = inside.indexOf("|");
  const body = at < 0 ? inside : inside.slice(0, at);
  const label = at < 0 ? undefined : inside.slice(at + 1);
  if (body.startsWith("@")) return userMention(body.slice(1));
  if (body.startsWith("#")) return channelMention(body.slice(1), label && unescape(label));
  if (body.startsWith("!")) return special(body, label);
  if (/^[a-z][a-z+.-]*:/i.test(body)) return anchor(unescape(body), unescape(label || body.replace(/^mailto:/, "")));
  return null;
}

class Line {
  constructor(text, options, depth) {
    Object.assign(this, { text, options, depth, at: 0, nodes: [], waiting: "", unclosed: new Set() });
  }

  flush() {
    if (this.waiting) this.nodes.push(unescape(this.waiting));
    this.waiting = "";
  }

  add(node, end) {
    this.flush();
    this.nodes.push(node);
    this.at = end;
    return true;
  }

  opens(mark) {
    const before = this.text[this.at - 1] ?? " ";
    const after = this.text[this.at + 1] ?? " ";
    return !WORD.test(before) && before !== mark && !/\s/.test(after) && after !== mark;
  }

  closing(mark) {
    if (this.unclosed.has(mark)) return -1;
    let end = this.text.indexOf(mark, this.at + 2);
    while (end >= 0 && (/\s/.test(this.text[end - 1]) || WORD.test(this.text[end + 1] ?? " ")))
      end = this.text.indexOf(mark, end + 1);
    if (end < 0) this.unclosed.add(mark);
    return end;
  }

  styled() {
    const mark = this.text[this.at];
    if (!(mark in STYLES) || this.depth >= DEEPEST || !this.opens(mark)) return false;
    const end = this.closing(mark);
    if (end < 0) return false;
    const inner = inline(this.text.slice(this.at + 1, end), this.options, this.depth + 1);
    return this.add(h(STYLES[mark], {}, ...inner), end + 1);
  }

  code() {
    if (this.text[this.at] !== "`" || this.unclosed.has("`")) return false;
    const end = this.text.indexOf("`", this.at + 1);
    if (end < 0) this.unclosed.add("`");
    if (end <= this.at + 1) return false;
    return this.add(h("code", {}, literal(this.text.slice(this.at + 1, end))), end + 1);
  }

  bracketed() {
    if (this.text[this.at] !== "<" || this.unclosed.has(">")) return false;
    const end = this.text.indexOf(">", this.at);
    if (end < 0) this.unclosed.add(">");
    const node = end < 0 ? null : reference(this.text.slice(this.at + 1, end));
    return node ? this.add(node, end + 1) : false;
  }

  named() {
    if (this.text[this.at] !== ":") return false;
    const found = /^:([a-z0-9_+'-]{1,60}(?:::[a-z0-9-]+)?):/i.exec(this.text.slice(this.at, this.at + 90));
    return found ? this.add(emoji(found[1]), this.at + found[0].length) : false;
  }

  bare() {
    if (this.options.verbatim || this.text[this.at] !== "h" || WORD.test(this.text[this.at - 1] ?? " ")) return false;
    const found = /^https?:\/\/[^\s<>|`]+/.exec(this.text.slice(this.at, this.at + 3000));
    if (!found) return false;
    const address = found[0].replace(URL_END, "");
    return this.add(anchor(unescape(address), unescape(address)), this.at + address.length);
  }

  parse() {
    while (this.at < this.text.length) {
      if (this.bracketed() || this.code() || this.styled() || this.named() || this.bare()) continue;
      this.waiting += this.text[this.at];
      this.at += 1;
    }
    this.flush();
    return this.nodes;
  }
}

const inline = (text, options, depth = 0) => new Line(text, options, depth).parse();

const literal = (text) => unescape(text.replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (_, body, label) => label || body));

const QUOTED = /^(?:>|&gt;) ?/;

function paragraph(lines, options) {
  const nodes = lines.flatMap((line, at) => [...(at ? [h("br")] : []), ...inline(line, options)]);
  return h("div", { class: "line", dir: "auto" }, ...nodes);
}

function lines(text, options) {
  const groups = [];
  for (const line of text.split("\n")) {
    const quoted = QUOTED.test(line);
    if (groups.at(-1)?.quoted !== quoted) groups.push({ quoted, lines: [] });
    groups.at(-1).lines.push(quoted ? line.replace(QUOTED, "") : line);
  }
  return groups.map((group) =>
    group.quoted ? h("blockquote", {}, paragraph(group.lines, options)) : paragraph(group.lines, options),
  );
}

const fenced = (part) => h("pre", { dir: "auto", tabindex: "0" }, literal(part.replace(/^\n|\n$/g, "")));

function unfenced(part, options) {
  const trimmed = part.replace(/^\n|\n$/g, "");
  return trimmed ? lines(trimmed, options) : [];
}

/** Slack's markup as nodes. `verbatim` leaves bare addresses alone. */
export function mrkdwn(text, options = {}) {
  const parts = text.replaceAll("\0", "").split("```");
  if (parts.length % 2 === 0) parts.push(`${parts.splice(-2, 1)[0]}\`\`\`${parts.pop()}`);
  return h(
    "div",
    { class: "mrkdwn" },
    ...parts.flatMap((part, at) => (at % 2 ? [fenced(part)] : unfenced(part, options))),
  );
}

/** Words without markup; emoji names are drawn unless told not to. */
export function plainNodes(text, withEmoji = true) {
  const clean = (text ?? "").replaceAll("\0", "");
  if (!withEmoji) return [clean];
  return clean.split(/(:[a-z0-9_+'-]{1,60}:)/i).map((part, at) => (at % 2 ? emoji(part.slice(1, -1)) : part));
}

/** A Slack text object, drawn by its own rules. */
export function textObject(text, tag = "div") {
  if (!text) return null;
  if (typeof text === "string") return h(tag, { dir: "auto" }, ...plainNodes(text));
  if (text.type === "mrkdwn") return mrkdwn(text.text ?? "", { verbatim: text.verbatim === true });
  return h(tag, { class: "plain", dir: "auto" }, ...plainNodes(text.text, text.emoji !== false));
}

/** The words of a text object, for names that only screen readers hear. */
export const words = (text) => (typeof text === "string" ? text : text?.text) ?? "";
