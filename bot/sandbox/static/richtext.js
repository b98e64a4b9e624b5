// The rich_text block: sections, lists, quotes, preformatted text.

import { h } from "./dom.js";
import { anchor } from "./links.js";
import { broadcast, channelMention, dateMention, emoji, userMention } from "./mrkdwn.js";

const WRAPS = [
  ["bold", "strong"],
  ["italic", "em"],
  ["strike", "s"],
  ["underline", "u"],
  ["code", "code"],
];

const styled = (node, style = {}) =>
  WRAPS.reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);

const broken = (text) =>
  String(text ?? "")
    .replaceAll("\0", "")
    .split("\n")
    .flatMap((line, at) => (at ? [h("br"), line] : [line]));

const fromCodes = (codes) => {
  const points = codes.split("-").map((code) => parseInt(code, 16));
  return points.every((point) => point > 0 && point <= 0x10ffff) ? String.fromCodePoint(...points) : "";
};

const INLINE = {
  text: (part) => h("bdi", {}, ...broken(part.text)),
  link: (part) => anchor(part.url, part.text || part.url),
  user: (part) => userMention(part.user_id),
  usergroup: (part) => h("span", { class: "mention" }, `@${part.usergroup_id}`),
  channel: (part) => channelMention(part.channel_id),
  broadcast: (part) => broadcast(part.range),
  emoji: (part) =>
    part.unicode
      ? h("span", { class: "emoji", role: "img", "aria-label": part.name }, fromCodes(part.unicode))
      : emoji(part.name),
  date: (part) => dateMention(part.timestamp, part.format, part.url, part.fallback ?? ""),
  color: (part) => h("span", {}, part.value),
  team: (part) => h("span", { class: "mention" }, part.team_id),
};

const run = (part) =>
  styled(INLINE[part.type]?.(part) ?? h("span", {}, part.text ?? part.fallback ?? `[${part.type}]`), part.style);

const runs = (elements) => (elements ?? []).map(run);

const BULLETS = ["disc", "circle", "square"];
const NUMBERS = ["decimal", "lower-alpha", "lower-roman"];

function list(part) {
  const ordered = part.style === "ordered";
  const depth = part.indent ?? 0;
  const look = { marginInlineStart: `${depth * 28}px`, listStyleType: (ordered ? NUMBERS : BULLETS)[depth % 3] };
  const attributes = {
    class: part.border ? "bordered" : null,
    style: look,
    start: ordered && part.offset ? part.offset + 1 : null,
  };
  return h(
    ordered ? "ol" : "ul",
    attributes,
    part.elements.map((item) => h("li", { dir: "auto" }, ...runs(item.elements))),
  );
}

const PARTS = {
  rich_text_section: (part) => h("div", { class: "line", dir: "auto" }, ...runs(part.elements)),
  rich_text_list: list,
  rich_text_quote: (part) => h("blockquote", { dir: "auto" }, ...runs(part.elements)),
  rich_text_preformatted: (part) => h("pre", { dir: "auto", tabindex: "0" }, ...runs(part.elements)),
};

/** A rich_text block as nodes. */
export const richText = (block) =>
  h(
    "div",
    { class: "rich-text" },
    (block.elements ?? []).map((part) => (PARTS[part.type] ?? PARTS.rich_text_section)(part)),
  );
