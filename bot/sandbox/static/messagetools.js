// What one can do with a message: reply, shortcuts, copy.

import { send } from "./api.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";
import { announce, busyWhile, isBusy, noticeNear } from "./notices.js";
import { app, state, tell } from "./store.js";

async function runShortcut(shortcut, message, channel, control) {
  if (isBusy(control)) return;
  const asked = { user: state.user, callback_id: shortcut.callback_id, channel, message_ts: message.ts };
  const answer = await busyWhile(control, () => send("/page/shortcut", asked));
  if (!answer.ok) noticeNear(control, answer.notice);
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  announce("Copied.");
}

function menuItems(message, channel, control) {
  const shortcuts = message.ephemeral ? [] : state.session.shortcuts.filter((one) => one.type === "message");
  const runs = shortcuts.map((one) => ({
    text: one.name,
    description: one.description,
    heading: app().name,
    icon: icon("bolt", 16),
    run: () => runShortcut(one, message, channel, control()),
  }));
  return [
    ...runs,
    { text: "Copy text", heading: "Message", icon: icon("file", 16), run: () => copy(message.text ?? "") },
  ];
}

/** The bar that appears over a message. */
export function toolbar(message, channel, inThread) {
  const reply = h(
    "button",
    {
      type: "button",
      class: "tool",
      "aria-label": "Reply in thread",
      title: "Reply in thread",
      data: { focusKey: `${message.ts}/reply` },
      on: { click: () => tell("thread", message) },
    },
    icon("thread", 18),
  );
  const more = menuButton(
    { class: "tool", "aria-label": "More actions", title: "More actions", data: { focusKey: `${message.ts}/more` } },
    icon("more", 18),
    () => menuItems(message, channel, () => more),
    "More actions",
    "end",
  );
  return h(
    "div",
    { class: "toolbar", role: "group", "aria-label": "Message actions" },
    inThread || message.ephemeral ? null : reply,
    more,
  );
}
