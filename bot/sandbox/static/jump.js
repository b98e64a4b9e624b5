// Jump to a conversation or a person by writing a few letters (Ctrl+K).

import { avatar } from "./avatars.js";
import { combobox } from "./combobox.js";
import { known } from "./known.js";
import { dialogHead, frame } from "./dialog.js";
import { h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { goTo, openApp, openDirect } from "./places.js";
import { app, fullName, isAppConversation, otherPeople, person, state, title } from "./store.js";

const direct = (one) => one.kind === "im" || one.kind === "mpim";

function placeOption(one) {
  const picture = () =>
    direct(one)
      ? avatar(otherPeople(one)[0], 24)
      : one.kind === "private"
        ? icon("lock", 16)
        : h("span", { class: "hash" }, "#");
  return { key: one.id, text: title(one), description: one.topic || null, picture, go: () => goTo(one.id) };
}

function personOption(one) {
  return {
    key: one.id,
    text: fullName(one),
    description: one.title || null,
    words: one.name,
    picture: () => avatar(one, 24),
    go: () => openDirect([one.id]),
  };
}

const appOption = () => ({
  key: "app",
  text: app().name,
  description: "App",
  picture: () => avatar({ ...person(app().bot_user_id), is_bot: true }, 24),
  go: () => openApp(),
});

function groups() {
  const places = state.session.conversations.filter((one) => !isAppConversation(one));
  const met = new Set(places.filter((one) => one.kind === "im").flatMap((one) => one.members));
  const people = state.session.people.filter((one) => !one.is_bot && !met.has(one.id) && one.id !== state.user);
  return [
    { label: "Conversations", options: [...places.sort((a, b) => b.unread - a.unread).map(placeOption), appOption()] },
    { label: "People", options: people.map(personOption) },
  ];
}

const search = known(groups);

// Someone who has just begun to act as another person waits for that person's conversations.
const source = (query) => (state.arriving ? state.arriving.done.then(() => search(query)) : search(query));

/** Open the jump list. */
export function openJump() {
  if (document.querySelector("dialog[open]") || !state.session) return;
  const name = uid("title");
  const dialog = frame({ class: "dialog jump passing", "aria-labelledby": name }, () => dialog.close());
  const onChange = ([chosen]) => {
    dialog.close();
    chosen.go();
  };
  const box = combobox({
    label: "Conversation or person",
    placeholder: "Find a conversation or person",
    source,
    onChange,
  });
  dialog.append(
    dialogHead(h("h2", { id: name }, "Jump to"), () => dialog.close()),
    h("div", { class: "dialog-body" }, box.root),
  );
  box.input.focus();
  box.open();
}

/** Ctrl+K or ⌘K from anywhere. */
export function startJump() {
  document.getElementById("jump").addEventListener("click", openJump);
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    openJump();
  });
}
