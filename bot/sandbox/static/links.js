// Which addresses may become links, and which of them stay inside this page.

import { h } from "./dom.js";
import { app, conversation, state, tell } from "./store.js";

const SAFE = new Set(["http:", "https:", "mailto:", "slack:"]);

function parsed(address) {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/** The address if it may be followed, else null. */
export function safeAddress(address) {
  const url = typeof address === "string" ? parsed(address.trim()) : null;
  return url && SAFE.has(url.protocol) ? url.href : null;
}

function deepLink(url) {
  const id = url.searchParams.get("id");
  if (url.host === "channel" || url.host === "user") return id ? { channel: id } : null;
  if (url.host === "app" && (!id || id === app().id)) return { app: true, tab: url.searchParams.get("tab") ?? "home" };
  return null;
}

function permalink(url) {
  const found = url.pathname.match(/^\/archives\/([A-Z0-9]+)(?:\/p(\d{10})(\d{6}))?/);
  const ours = url.host === location.host || url.host === `${state.session?.team.domain}.slack.com`;
  if (!found || !ours || !conversation(found[1])) return null;
  return { channel: found[1], ts: found[2] && `${found[2]}.${found[3]}`, thread: url.searchParams.get("thread_ts") };
}

/** Where in this page an address leads, or null when it leads out. */
function insideTarget(address) {
  const url = parsed(address);
  if (!url) return null;
  return url.protocol === "slack:" ? deepLink(url) : permalink(url);
}

/** Follow an address: inside the page where possible, else in a new tab. */
export function follow(address) {
  const safe = safeAddress(address);
  const inside = safe && insideTarget(safe);
  if (inside) tell("go", inside);
  else if (safe) window.open(safe, "_blank", "noopener,noreferrer");
}

function stayInside(event) {
  const inside = insideTarget(event.currentTarget.href);
  if (!inside) return;
  event.preventDefault();
  tell("go", inside);
}

/** A link, or its plain words where the address may not be followed. */
export function anchor(address, ...children) {
  const href = safeAddress(address);
  if (!href) return h("span", { dir: "auto" }, ...children);
  const attributes = { href, target: "_blank", rel: "noopener noreferrer", class: "link", on: { click: stayInside } };
  return h("a", attributes, h("bdi", {}, ...children));
}
