// Times in the acting person's zone.

import { me, now } from "./store.js";

export const zone = () => me().tz || "UTC";

const formats = new Map();

function formatter(options, timeZone = zone()) {
  const key = JSON.stringify([options, timeZone]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-US", { ...options, timeZone }));
  return formats.get(key);
}

const show = (epoch, options) => formatter(options).format(new Date(epoch * 1000));

export const clockTime = (epoch) => show(epoch, { hour: "numeric", minute: "2-digit" });
export const dayKey = (epoch) =>
  formatter({ year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date(epoch * 1000));
export const fullTime = (epoch) =>
  show(epoch, { weekday: "long", year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "2-digit" });
export const shortTime = (epoch) =>
  show(epoch, { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });

const ordinal = (day) => {
  const tail = day % 100 >= 11 && day % 100 <= 13 ? "th" : ({ 1: "st", 2: "nd", 3: "rd" }[day % 10] ?? "th");
  return `${day}${tail}`;
};

function relativeDay(epoch) {
  const names = [
    [0, "Today"],
    [-86400, "Yesterday"],
    [86400, "Tomorrow"],
  ];
  return names.find(([step]) => dayKey(epoch) === dayKey(now() + step))?.[1];
}

/** "Today", "Yesterday" or "Monday, November 23rd". */
export function dayTitle(epoch) {
  const year =
    show(epoch, { year: "numeric" }) === show(now(), { year: "numeric" })
      ? ""
      : `, ${show(epoch, { year: "numeric" })}`;
  const weekday = show(epoch, { weekday: "long" });
  return (
    relativeDay(epoch) ??
    `${weekday}, ${show(epoch, { month: "long" })} ${ordinal(Number(show(epoch, { day: "numeric" })))}${year}`
  );
}

const plain = {
  date_num: (at) =>
    `${show(at, { year: "numeric" })}-${show(at, { month: "2-digit" })}-${show(at, { day: "2-digit" })}`,
  date: (at) =>
    `${show(at, { month: "long" })} ${ordinal(Number(show(at, { day: "numeric" })))}, ${show(at, { year: "numeric" })}`,
  date_short: (at) => show(at, { month: "short", day: "numeric", year: "numeric" }),
  date_long: (at) => `${show(at, { weekday: "long" })}, ${plain.date(at)}`,
  day_divider_pretty: (at) => dayTitle(at),
  time: clockTime,
  time_secs: (at) => show(at, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago: (at) => ago(now() - at),
};

const STEPS = [
  [31536000, "year"],
  [2592000, "month"],
  [86400, "day"],
  [3600, "hour"],
  [60, "minute"],
];

function ago(seconds) {
  const [size, unit] = STEPS.find(([step]) => Math.abs(seconds) >= step) ?? [1, "second"];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(-Math.round(seconds / size), unit);
}

function token(name, at) {
  if (name in plain) return plain[name](at);
  const base = name.replace(/_pretty$/, "");
  return base in plain ? (relativeDay(at)?.toLowerCase() ?? plain[base](at)) : null;
}

/** The words for a `<!date^…>` format, or null when it names something unknown. */
export function dateWords(epoch, format) {
  let known = true;
  const words = format.replace(/\{(\w+)\}/g, (_, name) => token(name, epoch) ?? ((known = false), ""));
  return known && Number.isFinite(epoch) ? words : null;
}

function offset(epoch) {
  const fields = {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  };
  const parts = Object.fromEntries(
    formatter(fields)
      .formatToParts(new Date(epoch * 1000))
      .map((part) => [part.type, part.value]),
  );
  const wall = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) / 1000;
  return wall - Math.floor(epoch);
}

/** Seconds since 1970 of a day and a time on the acting person's wall. */
export function epochOf(day, time) {
  const wall = Date.parse(`${day}T${time}:00Z`) / 1000;
  const first = wall - offset(wall);
  return wall - offset(first);
}

/** The acting person's day and time at an epoch, as "2026-11-23" and "09:00". */
export function wallOf(epoch) {
  const iso = new Date((Math.floor(epoch) + offset(epoch)) * 1000).toISOString();
  return { day: iso.slice(0, 10), time: iso.slice(11, 16) };
}

/** The same day some days later. */
export const shiftDay = (day, days) =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * 86400000).toISOString().slice(0, 10);

/** The next Monday morning at nine that is still to come, in the acting person's zone. */
export function nextMonday() {
  const today = wallOf(now()).day;
  const ahead = (8 - new Date(`${today}T12:00:00Z`).getUTCDay()) % 7;
  const first = epochOf(shiftDay(today, ahead), "09:00");
  return first > now() ? first : epochOf(shiftDay(today, ahead + 7), "09:00");
}

/** "2026-12-01" as "Dec 1, 2026". */
export const dayWords = (day) =>
  formatter({ year: "numeric", month: "short", day: "numeric" }, "UTC").format(new Date(`${day}T12:00:00Z`));

/** "14:30" as "2:30 PM". */
export const timeWords = (time) =>
  formatter({ hour: "numeric", minute: "2-digit" }, "UTC").format(new Date(`2026-01-01T${time}:00Z`));
