// One message as it stands in a list.

import { avatar } from "./avatars.js";
import { drawBlocks } from "./blocks.js";
import { clockTime, fullTime, shortTime } from "./dates.js";
import { h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { anchor } from "./links.js";
import { toolbar } from "./messagetools.js";
import { emoji, mrkdwn, textObject } from "./mrkdwn.js";
import { image } from "./pictures.js";
import { app, fullName, person, state, tell } from "./store.js";
import { surface } from "./surface.js";

const LONG = 3000;
const MANY_LINES = 40;

/** Who wrote a message. */
export function author(message) {
  const known = person(message.user ?? app().bot_user_id);
  const isApp = Boolean(message.bot_id) || known.is_bot;
  return {
    ...known,
    is_bot: isApp,
    real_name: message.username || (isApp && known.name === known.id ? app().name : known.real_name),
  };
}

function folded(node, text) {
  if (text.length < LONG && text.split("\n").length < MANY_LINES) return node;
  const id = uid("folded");
  const box = h("div", { class: "fold folded", id }, node);
  const button = h(
    "button",
    { type: "button", class: "link-button", "aria-expanded": "false", "aria-controls": id },
    "Show more",
  );
  button.addEventListener("click", () => {
    const open = !box.classList.toggle("folded");
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? "Show less" : "Show more";
  });
  return h("div", {}, box, button);
}

/** How large a file is, in the unit that makes the number short. */
function sizeWords(bytes) {
  const units = ["bytes", "KB", "MB"];
  const step = Math.min(Math.floor(Math.log(bytes) / Math.log(1024)), 2);
  return `${(bytes / 1024 ** step).toLocaleString("en", { maximumFractionDigits: 1 })} ${units[step]}`;
}

const PICTURES = /\.(png|jpe?g|gif|webp|svg)$/i;

function file(one) {
  const name = one.title || one.name || "File";
  const isPicture = one.mimetype ? one.mimetype.startsWith("image/") : PICTURES.test(one.name ?? one.title ?? "");
  if (isPicture)
    return h(
      "figure",
      { class: "image" },
      h("figcaption", { dir: "auto" }, name),
      image({ slack_file: { id: one.id }, alt_text: one.alt_txt || name }),
    );
  const address = new URL(one.url ?? `/files/${one.id}`, location.href).href;
  const told = [name === one.name ? null : one.name, one.size ? sizeWords(one.size) : null].filter(Boolean).join(" · ");
  return h(
    "div",
    { class: "file-card", role: "group", "aria-label": `File: ${name}` },
    icon("file"),
    h("div", {}, anchor(address, name), h("div", { class: "file-note", dir: "auto" }, told)),
    h("a", { class: "button", href: address, download: one.name ?? "", "aria-label": `Download ${name}` }, "Download"),
  );
}

const textOf = (message) =>
  message.mrkdwn === false ? textObject({ type: "plain_text", text: message.text }) : mrkdwn(message.text ?? "");

function attachment(one, context) {
  const inner = one.blocks ? drawBlocks(one.blocks, context) : mrkdwn(one.text ?? one.fallback ?? "");
  return h("div", { class: "attachment" }, inner);
}

function content(message, context) {
  const drawn = message.blocks?.length
    ? drawBlocks(message.blocks, context)
    : message.text
      ? folded(textOf(message), message.text)
      : null;
  return [drawn, (message.attachments ?? []).map((one) => attachment(one, context)), (message.files ?? []).map(file)];
}

function replies(message, inThread) {
  if (!message.reply_count || inThread) return null;
  const words = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
  return h(
    "button",
    {
      type: "button",
      class: "replies",
      data: { focusKey: `${message.ts}/replies` },
      on: { click: () => tell("thread", message) },
    },
    words,
    h("span", { class: "replies-note", "aria-hidden": "true" }, "View thread"),
  );
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  const chip = (one) =>
    h(
      "span",
      { class: "reaction", title: one.users?.map((id) => fullName(person(id))).join(", ") },
      emoji(one.name),
      ` ${one.count ?? one.users?.length ?? 1}`,
    );
  return h("div", { class: "reactions" }, message.reactions.map(chip));
}

function heading(message, from, compact) {
  const badge = from.is_bot ? h("span", { class: "badge" }, "APP") : null;
  const at = Number(message.ts);
  const time = h("time", { class: "time", title: fullTime(at) }, clockTime(at));
  if (compact) return h("div", { class: "visually-hidden" }, fullName(from), " ", time.cloneNode(true));
  return h("div", { class: "message-head" }, h("bdi", { class: "author" }, fullName(from)), badge, " ", time);
}

function edited(message) {
  if (!message.edited) return null;
  const at = Number(message.edited.ts ?? message.edited);
  return h("span", { class: "edited", title: Number.isFinite(at) ? shortTime(at) : null }, "(edited)");
}

const privacy = () => h("div", { class: "only-you" }, icon("eye", 14), "Only visible to you");

/** Fill a message's node anew. */
export function fillMessage(node, message, { channel, compact, inThread }) {
  const from = author(message);
  const where = {
    type: "message",
    channel,
    ts: message.ts,
    ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
  };
  const context = surface(where, `${state.user}/${channel}/${message.ts}`);
  context.form.begin(message.state?.values);
  const side = compact
    ? h("time", { class: "side-time", "aria-hidden": "true" }, clockTime(Number(message.ts)).replace(/ [AP]M$/, ""))
    : avatar(from);
  const body = h(
    "div",
    { class: "message-body" },
    message.ephemeral ? privacy() : null,
    heading(message, from, compact),
    h("div", { class: "message-content" }, content(message, context), edited(message)),
    reactions(message),
    replies(message, inThread),
  );
  node.className = `message${compact ? " compact" : ""}${message.ephemeral ? " ephemeral" : ""}`;
  node.replaceChildren(h("div", { class: "message-side" }, side), body, toolbar(message, channel, inThread));
}

/** An empty node for a message. */
export const messageNode = (ts) => h("div", { role: "listitem", tabindex: "-1", data: { ts, focusKey: ts } });

/** A message in a few words, for screen readers. */
export const spokenMessage = (message) =>
  `${fullName(author(message))}: ${(message.text || "a message").slice(0, 300)}`;
