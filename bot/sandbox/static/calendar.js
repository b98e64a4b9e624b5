// A month to choose a day from.

import { shiftDay, wallOf } from "./dates.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { now } from "./store.js";

const DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const two = (number) => String(number).padStart(2, "0");

const utc = (day) => new Date(`${day}T12:00:00Z`);
const monthWords = (day) => utc(day).toLocaleDateString("en-US", { month: "long", year: "numeric", timeZone: "UTC" });
const longDay = (day) =>
  utc(day).toLocaleDateString("en-US", {
    weekday: "long",
    month: "long",
    day: "numeric",
    year: "numeric",
    timeZone: "UTC",
  });

function shiftMonth(day, months) {
  const date = utc(day);
  const target = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1, 12));
  const last = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  return `${target.toISOString().slice(0, 8)}${two(Math.min(date.getUTCDate(), last))}`;
}

const STEPS = {
  ArrowLeft: (day) => shiftDay(day, -1),
  ArrowRight: (day) => shiftDay(day, 1),
  ArrowUp: (day) => shiftDay(day, -7),
  ArrowDown: (day) => shiftDay(day, 7),
  PageUp: (day) => shiftMonth(day, -1),
  PageDown: (day) => shiftMonth(day, 1),
  Home: (day) => shiftDay(day, -((utc(day).getUTCDay() + 6) % 7)),
  End: (day) => shiftDay(day, 6 - ((utc(day).getUTCDay() + 6) % 7)),
};

export class Calendar {
  constructor(chosen, take) {
    Object.assign(this, { chosen, take, day: chosen ?? wallOf(now()).day });
    this.title = h("div", { class: "calendar-title", "aria-live": "polite" });
    this.grid = h("div", { role: "grid", class: "calendar-grid", "aria-label": "Days" });
    const turn = (months, label, name) =>
      h(
        "button",
        {
          type: "button",
          class: "icon-button small",
          "aria-label": label,
          on: { click: () => this.show(shiftMonth(this.day, months), false) },
        },
        icon(name, 16),
      );
    const head = h(
      "div",
      { class: "calendar-head" },
      turn(-1, "Month before", "back"),
      this.title,
      turn(1, "Month after", "next"),
    );
    this.root = h("div", { role: "dialog", "aria-label": "Choose a date", class: "calendar" }, head, this.grid);
    this.grid.addEventListener("keydown", (event) => this.key(event));
    this.show(this.day, false);
  }

  key(event) {
    if (!(event.key in STEPS)) return;
    event.preventDefault();
    this.show(STEPS[event.key](this.day));
  }

  show(day, focus = true) {
    this.day = day;
    this.title.textContent = monthWords(day);
    const first = `${day.slice(0, 8)}01`;
    const start = STEPS.Home(first);
    const weeks = [0, 1, 2, 3, 4, 5].map((week) => this.week(shiftDay(start, week * 7)));
    const names = h(
      "div",
      { role: "row", class: "calendar-row" },
      DAYS.map((name) => h("span", { role: "columnheader" }, name)),
    );
    this.grid.replaceChildren(names, ...weeks.filter(Boolean));
    if (focus) this.focus();
  }

  week(start) {
    const days = [0, 1, 2, 3, 4, 5, 6].map((step) => shiftDay(start, step));
    const month = this.day.slice(0, 7);
    return days.some((day) => day.startsWith(month))
      ? h(
          "div",
          { role: "row", class: "calendar-row" },
          days.map((day) => this.cell(day, month)),
        )
      : null;
  }

  cell(day, month) {
    const today = day === wallOf(now()).day;
    const look = ["day", day.startsWith(month) ? "" : "outside", today ? "today" : ""].join(" ");
    const attributes = {
      type: "button",
      role: "gridcell",
      class: look,
      tabindex: day === this.day ? "0" : "-1",
      "aria-selected": String(day === this.chosen),
      "aria-current": today ? "date" : null,
      "aria-label": longDay(day),
      data: { day },
    };
    return h("button", { ...attributes, on: { click: () => this.take(day) } }, String(Number(day.slice(8))));
  }

  focus() {
    this.grid.querySelector(`[data-day="${this.day}"]`)?.focus();
  }
}
