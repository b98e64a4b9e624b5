// What happens in the workspace while the page is open.

import { events } from "./api.js";
import { spokenMessage } from "./message.js";
import { announce } from "./notices.js";
import { load, markRead, refresh } from "./places.js";
import { conversation, merge, setClock, state, tell } from "./store.js";

let stream = null;

const inThread = (message) => Boolean(message.thread_ts && message.thread_ts !== message.ts);

// A place on screen may still be waiting for its first answer, which need not hold what arrives meanwhile.
function listFor(channel, message) {
  const [lists, key, shown] = inThread(message)
    ? [state.replies, message.thread_ts, state.thread?.ts]
    : [state.messages, channel, state.channel];
  if (key === shown && !lists.has(key)) lists.set(key, []);
  return lists.get(key);
}

function countReply(channel, message) {
  const parent = state.messages.get(channel)?.find((one) => one.ts === message.thread_ts);
  const known = state.replies.get(message.thread_ts)?.some((one) => one.ts === message.ts);
  if (parent && !known) merge(state.messages.get(channel), { ...parent, reply_count: (parent.reply_count ?? 0) + 1 });
}

function arrived({ channel, message, ephemeral }) {
  const stored = ephemeral ? { ...message, ephemeral: true } : message;
  const isReply = inThread(message);
  const one = conversation(channel);
  if (!one) return void refresh();
  const list = listFor(channel, message);
  if (isReply) countReply(channel, message);
  if (list) merge(list, stored);
  const others = message.user !== state.user;
  if (others && !isReply && !ephemeral) one.unread += 1;
  if (others && channel === state.channel)
    announce(`${isReply ? "Reply" : "New message"} from ${spokenMessage(stored)}`);
  tell("messages");
  if (isReply) tell("replies");
  if (channel === state.channel) markRead();
  if (one.unread) tell("session");
}

function changed({ channel, message, ephemeral }) {
  const lists = [state.messages.get(channel), ...state.replies.values()].filter(Boolean);
  lists.forEach((list) => {
    const old = list.find((one) => one.ts === message.ts);
    if (old) merge(list, { ...message, ...(ephemeral || old.ephemeral ? { ephemeral: true } : {}) });
  });
  tell("messages");
  tell("replies");
}

function deleted({ channel, ts }) {
  [[state.messages, channel], ...[...state.replies.keys()].map((key) => [state.replies, key])].forEach(
    ([lists, key]) => {
      if (lists.has(key))
        lists.set(
          key,
          lists.get(key).filter((one) => one.ts !== ts),
        );
    },
  );
  tell("messages");
  tell("replies");
}

const HANDLERS = {
  message: arrived,
  message_changed: changed,
  message_deleted: deleted,
  conversation: () => refresh(),
  view: ({ stack }) => {
    state.stacks.set(state.user, stack);
    tell("stack");
  },
  home: ({ view }) => {
    state.homes.set(state.user, view);
    tell("home");
  },
  clock: (event) => setClock(event),
  connected: ({ connected }) => {
    state.connected = connected;
    tell("connection");
  },
  notice: (event) => tell("notice", event),
};

function online(yes) {
  if (state.online === yes) return;
  state.online = yes;
  tell("connection");
}

async function reopened(again) {
  online(true);
  if (again) {
    state.messages.clear();
    await refresh();
  }
  if (!state.channel) return;
  await Promise.all([load(state.channel), state.thread ? load(state.channel, state.thread.ts) : null]);
}

function happened(event) {
  if (event.channel) state.heard.set(event.channel, (state.heard.get(event.channel) ?? 0) + 1);
  HANDLERS[event.type]?.(event);
}

/** Listen as one person, and as nobody else any more. */
export function listen(user) {
  stream?.close();
  stream = events(user, { event: happened, open: reopened, lost: () => online(false) });
}
