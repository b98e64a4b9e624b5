// The thread on the right.

import { Composer } from "./composer.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { MessageList } from "./messagelist.js";
import { closeThread } from "./places.js";
import { conversation, markedTitle, on, state } from "./store.js";

const root = document.getElementById("thread");
const list = new MessageList("Thread", { inThread: true });
const composer = new Composer({
  place: () => ({ channel: state.thread.channel, thread_ts: state.thread.ts }),
  placeholder: "Reply",
  shortcuts: false,
  sending: () => list.toEnd(),
});

let opener = null;

function leave() {
  closeThread();
  if (document.contains(opener)) opener.focus();
}

function head() {
  const cross = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": "Close thread", on: { click: leave } },
    icon("close"),
  );
  return h(
    "header",
    { class: "thread-head" },
    h("h2", {}, "Thread"),
    h("span", { class: "topic" }, markedTitle(conversation(state.thread.channel))),
    cross,
  );
}

function opened() {
  root.hidden = !state.thread;
  document.body.classList.toggle("with-thread", Boolean(state.thread));
  if (!state.thread) return root.replaceChildren();
  opener = document.activeElement;
  list.reset();
  composer.name(`Reply in ${markedTitle(conversation(state.thread.channel))}`, `${state.user}/${state.thread.ts}`);
  root.replaceChildren(head(), list.root, composer.root);
  composer.text.focus();
}

function draw() {
  const replies = state.thread && state.replies.get(state.thread.ts);
  if (replies) list.show(replies, state.thread.channel);
}

/** Keep the thread in step. */
export function startThread() {
  on("thread-opened", opened);
  on("replies", draw);
  on("place", () => state.thread || opened());
  root.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && leave());
}
