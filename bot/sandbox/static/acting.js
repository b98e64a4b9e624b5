// Who one acts as.

import { listen } from "./live.js";
import { announce, toast } from "./notices.js";
import { followInside, goTo, loadSession, markRead, openThread } from "./places.js";
import { conversation, fullName, me, on, setClock, state, tell } from "./store.js";

const firstPlace = () =>
  state.session.conversations.find((one) => one.kind === "channel") ?? state.session.conversations[0];

function become(user, session) {
  Object.assign(state, { user, session, connected: session.connected, thread: null });
  [state.messages, state.replies].forEach((lists) => lists.clear());
  setClock(session.clock);
  listen(user);
  ["person", "session", "stack"].forEach((topic) => tell(topic));
  announce(`You act as ${fullName(me())}.`);
}

async function arrive(user, wanted) {
  const session = await loadSession(user);
  if (state.arriving?.user !== user) return;
  if (!session.ok) return toast(session.notice);
  become(user, session);
  const place = conversation(wanted ?? state.channel) ?? firstPlace();
  if (place) await goTo(place.id, { focus: false });
}

/** Act as somebody: their conversations, their view of the world. Nothing can be sent until they are there. */
export async function actAs(user, wanted = null) {
  const journey = { user, done: null };
  state.arriving = journey;
  tell("arriving");
  journey.done = arrive(user, wanted);
  await journey.done;
  if (state.arriving !== journey) return;
  state.arriving = null;
  tell("arriving");
}

/** Begin with whoever and wherever the address names, else the first person. */
export async function start() {
  const at = new URLSearchParams(location.hash.slice(1));
  on("go", followInside);
  on("thread", openThread);
  document.addEventListener("visibilitychange", markRead);
  const wanted = await loadSession(at.get("user"));
  const session = wanted.ok ? wanted : await loadSession(null);
  if (!session.ok) return toast(session.notice);
  const person =
    wanted.ok && at.get("user") ? at.get("user") : session.people.find((one) => !one.is_bot && !one.deleted).id;
  await actAs(person, at.get("at"));
}
