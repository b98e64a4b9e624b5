// Going places: conversations, threads, Home.

import { read, send } from "./api.js";
import { toast } from "./notices.js";
import { app, appConversation, conversation, here, isAppConversation, setClock, state, tell } from "./store.js";

/** What one person sees of the workspace; the first person if none is named. */
export const loadSession = (user) => read("/page/session", user ? { user } : {});

function remember() {
  const at = new URLSearchParams({ user: state.user, ...(state.channel ? { at: state.channel } : {}) });
  history.replaceState(null, "", `#${at}`);
}

/** Read anew who and what there is. */
export async function refresh() {
  const user = state.user;
  const session = await loadSession(user);
  if (user !== state.user) return;
  if (!session.ok) return toast(session.notice);
  state.session = session;
  state.connected = session.connected;
  setClock(session.clock);
  tell("session");
  markRead();
}

// What arrived while the answer was on its way stands after the last message of the answer.
function withArrivals(found, known) {
  const last = Number(found.at(-1)?.ts ?? 0);
  return [...found, ...known.filter((one) => Number(one.ts) > last)];
}

let begun = 0;
const applied = new Map();

/** Read the messages of a conversation or a thread; anew when something happened there meanwhile. */
export async function load(channel, thread_ts) {
  const user = state.user;
  const turn = ++begun;
  const heard = state.heard.get(channel);
  const found = await read("/page/messages", { user, channel, ...(thread_ts ? { thread_ts } : {}) });
  if (user !== state.user) return;
  if (!found.ok) return toast(found.notice);
  if (heard !== state.heard.get(channel)) return load(channel, thread_ts);
  const [lists, key] = thread_ts ? [state.replies, thread_ts] : [state.messages, channel];
  if (applied.get(key) > turn) return; // an answer to a later question is here already
  applied.set(key, turn);
  lists.set(key, withArrivals(found.messages, lists.get(key) ?? []));
  tell(thread_ts ? "replies" : "messages");
}

/** What is on screen has been read. */
export function markRead() {
  const one = here();
  if (!one?.unread || document.hidden || (isAppConversation(one) && state.tab === "home")) return;
  one.unread = 0;
  send("/page/read", { user: state.user, channel: one.id });
  tell("session");
}

async function loadHome() {
  const user = state.user;
  const found = await read("/page/home", { user });
  if (!found.ok) return toast(found.notice);
  state.homes.set(user, found.view);
  tell("home");
}

/** Show one of the app's two tabs. */
export async function showTab(tab) {
  state.tab = tab;
  tell("place");
  if (tab === "home") await loadHome();
  else markRead();
}

const firstTab = (one) => (app().has_home && (!one.unread || !app().has_messages) ? "home" : "messages");

/** Go to a conversation. */
export async function goTo(channel, { tab = null, focus = true } = {}) {
  const one = conversation(channel);
  if (!one) return;
  if (state.channel !== channel) state.thread = null;
  state.channel = channel;
  state.tab = isAppConversation(one) ? (tab ?? firstTab(one)) : "messages";
  remember();
  tell("place", { focus });
  await Promise.all([load(channel), state.tab === "home" ? loadHome() : null]);
  markRead();
}

/** Open direct messages with some people. */
export async function openDirect(people) {
  const opened = await send("/page/open", { user: state.user, with: people });
  if (!opened.ok) return toast(opened.notice);
  if (!conversation(opened.channel)) await refresh();
  await goTo(opened.channel);
}

/** Go to the app: its Home or its messages. */
export async function openApp(tab = null) {
  const known = appConversation();
  if (known) await goTo(known.id, { tab });
  else await openDirect([app().bot_user_id]);
}

/** Show a thread beside the conversation. */
export async function openThread(message) {
  state.thread = { channel: state.channel, ts: message.thread_ts ?? message.ts };
  tell("thread-opened");
  await load(state.thread.channel, state.thread.ts);
}

/** Put the thread away. */
export function closeThread() {
  state.thread = null;
  tell("thread-opened");
}

/** Go where a link inside this page leads. */
export async function followInside({ channel, app: toApp, tab, ts, thread }) {
  if (toApp) return openApp(tab);
  if (channel.startsWith("U")) return openDirect([channel]);
  await goTo(channel);
  if (thread) await openThread({ ts: thread });
  if (ts) tell("reveal", ts);
}
