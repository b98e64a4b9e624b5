// The list of conversations on the left.

import { avatar } from "./avatars.js";
import { arrows, h, hidden, keepFocus } from "./dom.js";
import { icon } from "./icons.js";
import { openJump } from "./jump.js";
import { goTo, openApp } from "./places.js";
import { app, appConversation, isAppConversation, on, otherPeople, person, state, title } from "./store.js";

const root = document.getElementById("sidebar");

function unread(one) {
  if (!one?.unread) return null;
  return h(
    "span",
    { class: "unread" },
    h("span", { "aria-hidden": "true" }, one.unread > 99 ? "99+" : String(one.unread)),
    hidden(`, ${one.unread} unread`),
  );
}

function row(one, picture, name, go) {
  const current = one && one.id === state.channel;
  const look = `place${one?.unread ? " has-unread" : ""}`;
  const attributes = {
    type: "button",
    class: look,
    "aria-current": current ? "page" : null,
    data: { channel: one?.id, focusKey: one?.id ?? "app" },
    on: { click: go },
  };
  return h(
    "li",
    {},
    h("button", attributes, picture, h("span", { class: "place-name", dir: "auto", title: name }, name), unread(one)),
  );
}

const mark = (one) =>
  one.kind === "private" ? icon("lock", 16) : h("span", { class: "hash", "aria-hidden": "true" }, "#");

const channelRow = (one) => row(one, mark(one), title(one), () => goTo(one.id));

function directRow(one) {
  const several = one.kind === "mpim";
  const picture = several
    ? h("span", { class: "count", "aria-hidden": "true" }, String(otherPeople(one).length))
    : avatar(otherPeople(one)[0], 20);
  return row(one, picture, title(one), () => goTo(one.id));
}

const appRow = () =>
  row(
    appConversation(),
    avatar({ ...person(app().bot_user_id), real_name: app().name, is_bot: true }, 20),
    app().name,
    () => openApp(),
  );

function group(name, rows) {
  return h("section", { "aria-label": name }, h("h2", {}, name), h("ul", {}, rows));
}

const byName = (a, b) => title(a).localeCompare(title(b));
const newest = (a, b) => Number(b.last_ts ?? 0) - Number(a.last_ts ?? 0) || byName(a, b);

function draw() {
  const all = state.session.conversations;
  const channels = all.filter((one) => one.kind === "channel" || one.kind === "private").sort(byName);
  const direct = all
    .filter((one) => (one.kind === "im" && !isAppConversation(one)) || one.kind === "mpim")
    .sort(newest);
  const fresh = h(
    "button",
    { type: "button", class: "place add", data: { focusKey: "add" }, on: { click: () => openJump() } },
    icon("plus", 16),
    h("span", { class: "place-name" }, "New message"),
  );
  const groups = [
    group("Channels", channels.map(channelRow)),
    group("Direct messages", [...direct.map(directRow), h("li", {}, fresh)]),
    ...(state.session.installed || appConversation() ? [group("Apps", [appRow()])] : []),
  ];
  const scroll = root.scrollTop;
  keepFocus(root, () => root.replaceChildren(...groups));
  root.scrollTop = scroll;
}

/** Keep the sidebar in step with what is known. */
export function startSidebar() {
  ["session", "place"].forEach((topic) => on(topic, draw));
  root.addEventListener("keydown", (event) => arrows(event, [...root.querySelectorAll(".place")]));
}
