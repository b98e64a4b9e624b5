// The workspace's clock, which can be moved forward.

import { send } from "./api.js";
import { dateField, timeField } from "./datefields.js";
import { epochOf, nextMonday, shiftDay, shortTime, wallOf, zone } from "./dates.js";
import { h } from "./dom.js";
import { announce, busyWhile, clearNotice, isBusy, noticeNear } from "./notices.js";
import { openPopup } from "./popup.js";
import { now, on, setClock, state } from "./store.js";

const WHY =
  "Scheduled work, such as a weekly digest, happens when its time comes. Move the time forward to see it now. Time never goes back.";

const button = document.getElementById("clock");
const label = document.getElementById("clock-time");

function draw() {
  if (!state.session) return;
  const words = shortTime(now());
  if (label.textContent !== words) label.textContent = words;
  button.classList.toggle("moved", state.clock.offset_s > 1);
}

async function move(control, asked) {
  if (isBusy(control)) return;
  clearNotice(control);
  const answer = await busyWhile(control, () => send("/control/clock", asked));
  if (!answer.ok) return noticeNear(control, answer.notice);
  setClock(answer);
  announce(`It is now ${shortTime(now())}.`);
}

const step = (text, asked) => {
  const node = h("button", { type: "button", class: "button" }, text);
  node.addEventListener("click", () => move(node, asked()));
  return node;
};

const at = (epoch) => ({ to: new Date(epoch * 1000).toISOString() });

function chosenTime() {
  const chosen = { day: shiftDay(wallOf(now()).day, 1), time: "09:00" };
  const day = dateField({
    "aria-label": "Date",
    value: chosen.day,
    clearable: false,
    onChange: (value) => (chosen.day = value),
  });
  const time = timeField({
    label: "Time",
    value: chosen.time,
    onChange: (value) => (chosen.time = value ?? chosen.time),
  });
  const go = h("button", { type: "button", class: "button primary" }, "Move to this time");
  go.addEventListener("click", () => {
    const wanted = epochOf(chosen.day, chosen.time);
    if (wanted <= now()) noticeNear(go, "That time has passed already. Choose a later one.");
    else move(go, at(wanted));
  });
  return h("div", { class: "clock-chosen" }, day.root, time.root, go);
}

function panel() {
  const steps = [
    step("+1 hour", () => ({ advance_s: 3600 })),
    step("+1 day", () => ({ advance_s: 86400 })),
    step("Next Monday 9:00", () => at(nextMonday())),
  ];
  const note = h(
    "p",
    { class: "clock-zone" },
    `Times are in ${zone().replaceAll("_", " ")}, where the person you act as lives.`,
  );
  return h(
    "div",
    { role: "dialog", "aria-label": "Workspace time", class: "clock-panel" },
    h("p", {}, WHY),
    h("div", { class: "clock-steps" }, steps),
    h("h3", {}, "Or choose a moment"),
    chosenTime(),
    note,
  );
}

function toggle() {
  if (button.getAttribute("aria-expanded") === "true") return;
  const node = panel();
  const popup = openPopup(node, button, { align: "end", onClose: () => button.setAttribute("aria-expanded", "false") });
  button.setAttribute("aria-expanded", "true");
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    popup.close();
    button.focus();
  });
  node.querySelector("button").focus();
}

/** Show the time and let it be moved. */
export function startClock() {
  button.addEventListener("click", toggle);
  ["clock", "session"].forEach((topic) => on(topic, draw));
  setInterval(draw, 1000);
}
