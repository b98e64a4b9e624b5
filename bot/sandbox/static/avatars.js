// Initials on a colour, for people and the app.

import { h } from "./dom.js";
import { fullName } from "./store.js";

const letters = (name) => {
  const parts = name
    .trim()
    .split(/[\s._-]+/)
    .filter(Boolean);
  const [first, last] = [parts[0] ?? "?", parts.length > 1 ? parts.at(-1) : ""];
  return ([...first][0] + ([...last][0] ?? "")).toUpperCase();
};

const COLOURS = [
  "#1264a3",
  "#0b7a5c",
  "#8a3ea8",
  "#a8442a",
  "#4a5fc1",
  "#7a5c00",
  "#b0316b",
  "#2f6f3a",
  "#5b4b8a",
  "#00697a",
];
const colourOf = (id) =>
  COLOURS[[...id].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7) % COLOURS.length];

/** A person's picture. */
export function avatar(one, size = 36) {
  const name = fullName(one) || "?";
  const look = {
    width: `${size}px`,
    height: `${size}px`,
    fontSize: `${Math.max(9, Math.round(size * 0.4))}px`,
    backgroundColor: one.color || colourOf(one.id ?? name),
  };
  return h(
    "span",
    { class: `avatar${one.is_bot ? " avatar-app" : ""}`, style: look, "aria-hidden": "true" },
    letters(name),
  );
}
