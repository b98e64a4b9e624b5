// The conversation in the middle: heading, tabs, messages, composer.

import { avatar } from "./avatars.js";
import { Composer } from "./composer.js";
import { dialogHead, frame } from "./dialog.js";
import { arrows, h, uid } from "./dom.js";
import { drawHome } from "./home.js";
import { icon } from "./icons.js";
import { MessageList } from "./messagelist.js";
import { plainNodes } from "./mrkdwn.js";
import { noticeNear, toast } from "./notices.js";
import { showTab } from "./places.js";
import { app, fullName, here, isAppConversation, markedTitle, on, otherPeople, person, state, title } from "./store.js";

const root = document.getElementById("channel");
const head = h("header", { class: "channel-head" });
const list = new MessageList("Messages", { intro: () => intro() });
const composer = new Composer({
  place: () => ({ channel: state.channel }),
  placeholder: "Message",
  shortcuts: true,
  sending: () => list.toEnd(),
});
const closed = h("p", { class: "closed", role: "note", hidden: true });
const messagesPane = h("div", { class: "pane" }, list.root, composer.root, closed);
const panes = h("div", { class: "panes" }, messagesPane);

function members() {
  const name = uid("title");
  const dialog = frame({ class: "dialog jump passing", "aria-labelledby": name }, () => dialog.close());
  const rows = here()
    .members.map(person)
    .map((one) =>
      h(
        "li",
        { class: "member" },
        avatar(one, 32),
        h(
          "span",
          { class: "option-words" },
          h("strong", { dir: "auto" }, fullName(one)),
          h("span", { class: "option-note", dir: "auto" }, one.title || (one.is_bot ? "App" : "")),
        ),
      ),
    );
  dialog.append(
    dialogHead(h("h2", { id: name }, `Members of ${markedTitle(here())}`), () => dialog.close()),
    h("div", { class: "dialog-body", tabindex: "0" }, h("ul", { class: "members" }, rows)),
  );
}

function headingMark(one) {
  if (one.kind === "private") return icon("lock", 18);
  return one.kind === "channel"
    ? h("span", { class: "hash" }, "#")
    : one.kind === "im"
      ? avatar(otherPeople(one)[0], 24)
      : null;
}

function tab(name, key) {
  const selected = state.tab === key;
  return h(
    "button",
    {
      type: "button",
      role: "tab",
      class: "tab",
      "aria-selected": String(selected),
      tabindex: selected ? "0" : "-1",
      data: { focusKey: `tab-${key}` },
      on: { click: () => showTab(key).then(() => head.querySelector("[aria-selected=true]")?.focus()) },
    },
    name,
  );
}

function tabs(one) {
  if (!isAppConversation(one) || !app().has_home || !app().has_messages) return null;
  const node = h(
    "div",
    { role: "tablist", class: "tabs", "aria-label": app().name },
    tab("Home", "home"),
    tab("Messages", "messages"),
  );
  node.addEventListener("keydown", (event) => arrows(event, [...node.children], ["ArrowLeft", "ArrowRight"]));
  return node;
}

function drawHead() {
  const one = here();
  if (!one) return head.replaceChildren();
  const direct = one.kind === "im" || one.kind === "mpim";
  const count = direct
    ? null
    : h(
        "button",
        { type: "button", class: "button small", on: { click: members } },
        `${one.members.length} member${one.members.length === 1 ? "" : "s"}`,
      );
  const topic = one.topic
    ? h("span", { class: "topic", dir: "auto", title: one.topic }, ...plainNodes(one.topic))
    : null;
  const badge = isAppConversation(one) ? h("span", { class: "badge" }, "APP") : null;
  const note = one.kind === "im" && !badge ? h("span", { class: "topic" }, otherPeople(one)[0].title) : topic;
  head.replaceChildren(
    h(
      "div",
      { class: "channel-line" },
      h("h1", { dir: "auto" }, headingMark(one), h("span", { class: "channel-title" }, title(one)), badge),
      note,
      count,
    ),
    ...[tabs(one)].filter(Boolean),
  );
}

function intro() {
  const one = here();
  const words =
    one.kind === "im" || one.kind === "mpim"
      ? `This is the beginning of your messages with ${title(one)}.`
      : `This is the beginning of #${title(one)}.`;
  const known = list.list.querySelector(".intro");
  return known?.textContent === words ? known : h("div", { class: "intro", role: "note" }, words);
}

function drawMessages() {
  const one = here();
  const messages = one && state.messages.get(one.id);
  if (messages) list.show(messages, one.id);
}

function closedWords(one) {
  if (one.is_archived) return "This channel is archived. It can be read, but nothing can be written here.";
  return isAppConversation(one) && app().is_read_only
    ? "Sending messages to this app has been turned off. Its commands work in any other conversation."
    : "";
}

function drawWriting(one, key) {
  composer.name(`Message ${markedTitle(one)}`, key);
  closed.textContent = closedWords(one);
  closed.hidden = !closed.textContent;
  composer.root.hidden = !closed.hidden;
}

let drawnFor = null;

function drawPlace({ focus } = {}) {
  const one = here();
  drawHead();
  if (!one) return;
  const key = `${state.user}/${one.id}`;
  if (drawnFor !== key) list.reset();
  drawnFor = key;
  list.name(`Messages in ${markedTitle(one)}`);
  drawWriting(one, key);
  panes.replaceChildren(isAppConversation(one) && state.tab === "home" ? drawHome() : messagesPane);
  drawMessages();
  if (focus && state.tab === "messages" && closed.hidden) composer.text.focus();
  document.title = `${markedTitle(one)} | ${state.session.team.name}`;
}

function notice({ text, channel }) {
  if (channel && channel !== state.channel) return;
  if (channel && messagesPane.isConnected) noticeNear(composer.text, text);
  else toast(text);
}

/** Keep the middle of the page in step. */
export function startChannel() {
  root.append(head, panes);
  on("place", drawPlace);
  on("session", drawHead);
  on("messages", drawMessages);
  on("person", () => list.reset());
  on("arriving", () => (composer.text.disabled = Boolean(state.arriving)));
  on("clock", drawMessages);
  on("home", () => state.tab === "home" && isAppConversation(here()) && drawHome());
  on("notice", notice);
  on("reveal", (ts) => list.reveal(ts));
}
