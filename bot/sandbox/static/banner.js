// What this place is, and whether the app and the workspace are there.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { app, on, state } from "./store.js";

const place = document.getElementById("connection");

function words() {
  if (!state.online) return "This page lost the local workspace. It keeps trying; if it was stopped, start it again.";
  if (!state.session.installed) return `${app().name} is not installed here.`;
  if (!state.connected)
    return `${app().name} is not connected. Commands, buttons and forms will answer once it is started.`;
  return null;
}

function draw() {
  const text = state.session && words();
  const way = state.session?.front && state.online && !state.session.installed ? state.session.front : null;
  const link = way ? h("a", { href: way }, "Install it") : null;
  place.replaceChildren(...(text ? [h("div", { class: "connection-note" }, icon("warning", 16), text, link)] : []));
}

/** Keep the banner in step. */
export function startBanner() {
  ["connection", "session"].forEach((topic) => on(topic, draw));
  on("session", () => (document.getElementById("team").textContent = state.session.team.name));
}
