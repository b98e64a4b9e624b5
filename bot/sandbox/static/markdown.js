// Standard Markdown, the part that Slack's markdown block draws, as DOM nodes.

import { h } from "./dom.js";
import { emoji } from "./mrkdwn.js";
import { anchor } from "./links.js";

const SPANS = [
  [/^\\([\\`*_{}[\]()#+\-.!~|>])/, (found) => found[1]],
  [/^(`+)([^`]|[^`].*?[^`])\1(?!`)/, (found) => h("code", {}, found[2].trim())],
  [
    /^!?\[((?:[^\]\\]|\\.)*)\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/,
    (found) => anchor(found[2], found[1] || found[2]),
  ],
  [/^<((?:https?:\/\/|mailto:)[^\s>]+)>/, (found) => anchor(found[1], found[1])],
  [/^\*\*(?=\S)(.+?)(?<=\S)\*\*/, (found, deep) => h("strong", {}, ...spans(found[1], deep))],
  [/^__(?=\S)(.+?)(?<=\S)__/, (found, deep) => h("strong", {}, ...spans(found[1], deep))],
  [/^~~(?=\S)(.+?)(?<=\S)~~/, (found, deep) => h("s", {}, ...spans(found[1], deep))],
  [/^\*(?=[^\s*])(.+?)(?<=[^\s*])\*/, (found, deep) => h("em", {}, ...spans(found[1], deep))],
  [/^_(?=[^\s_])(.+?)(?<=[^\s_])_(?!\w)/, (found, deep) => h("em", {}, ...spans(found[1], deep))],
  [/^:([a-z0-9_+'-]{1,60}):/i, (found) => emoji(found[1])],
  [/^https?:\/\/[^\s<>)\]]*[^\s<>)\].,;:!?'"]/, (found) => anchor(found[0], found[0])],
];
const STARTS = /[\\`![<*_~:h]/g;
const REACH = 2000;

function spanAt(text, deep) {
  for (const [pattern, make] of SPANS) {
    const found = pattern.exec(text);
    if (found) return [make(found, deep + 1), found[0].length];
  }
  return null;
}

function spans(text, deep = 0) {
  const nodes = [];
  let from = 0;
  if (deep > 6) return [text];
  STARTS.lastIndex = 0;
  for (const found of [...text.matchAll(STARTS)]) {
    if (found.index < from) continue;
    const made = spanAt(text.slice(found.index, found.index + REACH), deep);
    if (!made) continue;
    nodes.push(text.slice(from, found.index), made[0]);
    from = found.index + made[1];
  }
  return [...nodes, text.slice(from)];
}

const cells = (line) =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
const RULE = /^ {0,3}([-*_])( *\1){2,} *$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

const side = (mark) => (/^:-+:$/.test(mark) ? "center" : /-:$/.test(mark) ? "right" : "left");

function table(lines) {
  const [head, marks, ...rows] = lines;
  const sides = cells(marks).map(side);
  const row = (line, tag) =>
    h(
      "tr",
      {},
      cells(line).map((cell, at) => h(tag, { dir: "auto", style: { textAlign: sides[at] ?? "left" } }, ...spans(cell))),
    );
  return h(
    "div",
    { class: "table-scroll", tabindex: "0" },
    h(
      "table",
      {},
      h("thead", {}, row(head, "th")),
      h(
        "tbody",
        {},
        rows.map((line) => row(line, "td")),
      ),
    ),
  );
}

function item(text, nested) {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(text);
  const box =
    task &&
    h(
      "span",
      { class: "task", role: "img", "aria-label": task[1] === " " ? "open" : "done" },
      task[1] === " " ? "☐ " : "☑ ",
    );
  return h("li", { dir: "auto" }, box, ...spans(task ? task[2] : text), nested.length ? list(nested) : null);
}

function list(lines) {
  const [, indent, mark] = ITEM.exec(lines[0]);
  const items = [];
  for (const line of lines) {
    const found = ITEM.exec(line);
    if (found && found[1].length <= indent.length + 1) items.push({ text: found[3], nested: [] });
    else if (found || items.at(-1).nested.length) items.at(-1).nested.push(line);
    else items.at(-1).text += ` ${line.trim()}`;
  }
  const ordered = /\d/.test(mark);
  return h(
    ordered ? "ol" : "ul",
    ordered ? { start: parseInt(mark, 10) } : {},
    items.map((one) => item(one.text, one.nested)),
  );
}

function takeWhile(lines, from, wanted) {
  let end = from;
  while (end < lines.length && wanted(lines[end])) end += 1;
  return [lines.slice(from, end), end];
}

function fence(lines, at) {
  const mark = /^\s*(```+|~~~+)/.exec(lines[at])[1];
  const [body, end] = takeWhile(lines, at + 1, (line) => !line.trim().startsWith(mark));
  return [h("pre", { dir: "auto", tabindex: "0" }, body.join("\n")), end + 1];
}

function quote(lines, at) {
  const [body, end] = takeWhile(lines, at, (line) => /^\s*>/.test(line));
  return [h("blockquote", {}, blocksOf(body.map((line) => line.replace(/^\s*> ?/, "")))), end];
}

function heading(lines, at) {
  const [, marks, text] = /^(#{1,6})\s+(.*?)\s*#*$/.exec(lines[at]);
  return [h(`h${marks.length}`, { dir: "auto" }, ...spans(text)), at + 1];
}

const inList = (line) => ITEM.test(line) || /^\s{2,}\S/.test(line);

const STARTERS = [
  [(line) => /^\s*(```|~~~)/.test(line), fence],
  [(line) => /^#{1,6}\s+\S/.test(line), heading],
  [(line) => RULE.test(line), (lines, at) => [h("hr"), at + 1]],
  [(line) => /^\s*>/.test(line), quote],
  [
    (line, next) => line.includes("|") && TABLE_RULE.test(next ?? "") && (next ?? "").includes("-"),
    (lines, at) => {
      const [rows, end] = takeWhile(lines, at, (line) => line.includes("|"));
      return [table(rows), end];
    },
  ],
  [
    (line) => ITEM.test(line),
    (lines, at) => {
      const [rows, end] = takeWhile(lines, at, inList);
      return [list(rows), end];
    },
  ],
];

const starter = (lines, at) => STARTERS.find(([starts]) => starts(lines[at], lines[at + 1]))?.[1];

function paragraph(lines, at) {
  let end = at + 1;
  while (end < lines.length && lines[end].trim() && !starter(lines, end)) end += 1;
  const body = lines.slice(at, end).flatMap((line, index) => [...(index ? [h("br")] : []), ...spans(line.trim())]);
  return [h("p", { dir: "auto" }, ...body), end];
}

function blocksOf(lines) {
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    if (!lines[at].trim()) {
      at += 1;
      continue;
    }
    const [node, end] = (starter(lines, at) ?? paragraph)(lines, at);
    nodes.push(node);
    at = end;
  }
  return nodes;
}

/** Standard Markdown as nodes. */
export const markdown = (text) =>
  h("div", { class: "markdown" }, blocksOf(text.replaceAll("\0", "").replaceAll("\r", "").split("\n")));
