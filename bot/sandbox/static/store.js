// What the page knows, and who wants to hear of changes.

export const state = {
  user: null,
  session: null,
  channel: null,
  tab: "messages",
  thread: null,
  messages: new Map(),
  replies: new Map(),
  heard: new Map(),
  stacks: new Map(),
  homes: new Map(),
  arriving: null,
  online: true,
  connected: true,
  clock: { now: Date.now() / 1000, offset_s: 0, heard: performance.now() },
};

const listeners = new Map();

/** Call back when a topic changes. */
export function on(topic, listener) {
  listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
}

/** Tell everyone who listens to a topic. */
export function tell(topic, detail) {
  (listeners.get(topic) ?? []).forEach((listener) => listener(detail));
}

/** The person, or a stand-in for someone the workspace does not list. */
export function person(id) {
  const known = state.session?.people.find((one) => one.id === id);
  return known ?? { id, name: id, real_name: id ?? "Someone", title: "", tz: "UTC", is_bot: false, color: "#616061" };
}

export const me = () => person(state.user);
export const app = () => state.session?.app ?? {};
export const fullName = (one) => one.real_name || one.name;
export const conversation = (id) => state.session?.conversations.find((one) => one.id === id);
/** The name of a channel that everybody may know of. */
export const channelName = (id) => state.session?.channels.find((one) => one.id === id)?.name;
export const here = () => conversation(state.channel);

/** The direct messages between the acting person and the app, if open. */
export const appConversation = () =>
  state.session?.conversations.find((one) => one.kind === "im" && one.members.includes(app().bot_user_id));

export const isAppConversation = (one) => one?.kind === "im" && one.members.includes(app().bot_user_id);

function others(one) {
  const rest = one.members.filter((id) => id !== state.user);
  return rest.length ? rest : one.members.slice(0, 1);
}

/** A conversation's name as the acting person sees it. */
export function title(one) {
  if (one.kind === "channel" || one.kind === "private") return one.name;
  return others(one)
    .map((id) => fullName(person(id)))
    .join(", ");
}

export const otherPeople = (one) => others(one).map(person);

/** The name with its mark, as it stands in "Message #general". */
export const markedTitle = (one) => (one.kind === "channel" || one.kind === "private" ? `#${title(one)}` : title(one));

/** The workspace's time in seconds. */
export const now = () => state.clock.now + (performance.now() - state.clock.heard) / 1000;

/** Keep what the workspace said of its time. */
export function setClock({ now: at, offset_s }) {
  state.clock = { now: at, offset_s, heard: performance.now() };
  tell("clock");
}

const sortKey = (message) => Number(message.ts);

/** Put one message into a list: replaced in place, or added in order. */
export function merge(list, message) {
  const at = list.findIndex((one) => one.ts === message.ts);
  if (at >= 0) list[at] = message;
  else list.push(message);
  return list.sort((a, b) => sortKey(a) - sortKey(b));
}
