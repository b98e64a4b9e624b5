// Dates and times: fields one can type into, with a calendar or a list to choose from.

import { Calendar } from "./calendar.js";
import { combobox } from "./combobox.js";
import { dayWords, timeWords } from "./dates.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openPopup } from "./popup.js";

const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const two = (number) => String(number).padStart(2, "0");

/** The day that typed words name, as "2026-12-01", or null. */
function parseDay(typed) {
  const found = iso.exec(typed.trim());
  if (found) {
    const day = `${found[1]}-${two(found[2])}-${two(found[3])}`;
    return Number.isNaN(Date.parse(`${day}T12:00:00Z`)) ||
      new Date(`${day}T12:00:00Z`).toISOString().slice(0, 10) !== day
      ? null
      : day;
  }
  const date = /\d/.test(typed) ? new Date(`${typed.trim()} 12:00`) : new Date(NaN);
  return Number.isNaN(date.getTime())
    ? null
    : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

class DateField {
  constructor({ value, clearable = true, placeholder, onChange, focusKey, ...attributes }) {
    Object.assign(this, { day: value || null, clearable, onChange, popup: null });
    const look = { type: "text", class: "text-input date-input", autocomplete: "off", "aria-haspopup": "dialog" };
    this.input = h("input", { ...look, placeholder: placeholder || "Choose a date", ...attributes });
    const button = h(
      "button",
      { type: "button", class: "field-icon", "aria-label": "Open the calendar", tabindex: "-1" },
      icon("calendar", 16),
    );
    this.root = h("div", { class: "date-field", data: { focusKey } }, this.input, button);
    this.input.addEventListener("change", () => this.typed());
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("keydown", (event) => this.key(event));
    button.addEventListener("click", () => this.enter());
    this.rest();
  }

  rest() {
    this.input.value = this.day ? dayWords(this.day) : "";
  }

  show(day) {
    this.day = day || null;
    this.rest();
  }

  set(day) {
    const changed = day !== this.day;
    this.show(day);
    if (changed) this.onChange?.(day);
  }

  typed() {
    const words = this.input.value.trim();
    if (!words && !this.clearable) return this.rest();
    this.set(words ? (parseDay(words) ?? this.day) : null);
  }

  open() {
    if (this.popup) return;
    this.calendar = new Calendar(this.day, (day) => this.take(day));
    this.calendar.root.addEventListener("keydown", (event) => event.key === "Escape" && this.leave(event));
    this.popup = openPopup(this.calendar.root, this.root, { onClose: () => (this.popup = null) });
  }

  enter() {
    this.open();
    this.calendar.focus();
  }

  take(day) {
    this.input.focus();
    this.popup.close();
    this.set(day);
  }

  leave(event) {
    event.preventDefault();
    event.stopPropagation();
    this.input.focus();
    this.popup.close();
  }

  key(event) {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      this.typed();
      this.popup?.close();
      this.enter();
    } else if (event.key === "Escape" && this.popup) this.leave(event);
    else if (event.key === "Enter") this.typed();
    else if (event.key === "Tab") this.popup?.close();
  }
}

/** A field for a day. Gives `{root, input}`; `onChange` hears "2026-12-01" or null. */
export const dateField = (settings) => new DateField(settings);

/** The time that typed words name, as "14:30", or null. */
function parseTime(typed) {
  const found = /^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$/i.exec(typed.trim());
  if (!found) return null;
  const noon = found[3]?.toLowerCase();
  const hour = (Number(found[1]) % (noon ? 12 : 24)) + (noon === "pm" ? 12 : 0);
  const minute = Number(found[2] ?? 0);
  return Number(found[1]) > 24 || minute > 59 ? null : `${two(hour)}:${two(minute)}`;
}

const timeOption = (time) => ({ key: time, text: timeWords(time), words: time });
const HALF_HOURS = Array.from({ length: 48 }, (_, at) => `${two(Math.floor(at / 2))}:${at % 2 ? "30" : "00"}`);

function timesFor(query) {
  const exact = parseTime(query);
  const wanted = query.trim().toLowerCase();
  const options = HALF_HOURS.map(timeOption).filter(
    (one) => `${one.text} ${one.words}`.toLowerCase().includes(wanted) && one.key !== exact,
  );
  return {
    groups: [{ options: exact ? [timeOption(exact), ...options] : options }],
    note: "Write a time such as 14:30.",
  };
}

/** A field for a time of day; `onChange` hears "14:30" or null. */
export function timeField({ value = null, onChange, placeholder, ...rest }) {
  const values = value ? [timeOption(value)] : [];
  return combobox({
    ...rest,
    values,
    placeholder: placeholder || "Choose a time",
    source: timesFor,
    onChange: ([chosen]) => onChange?.(chosen?.key ?? null),
  });
}
