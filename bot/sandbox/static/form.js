// What a person has put into the fields of one message or view.

import { emailFault, numberFault, urlFault } from "./faults.js";

const MAKERS = {
  plain_text_input: (e) => ({ value: e.initial_value || null }),
  email_text_input: (e) => ({ value: e.initial_value || null }),
  url_text_input: (e) => ({ value: e.initial_value || null }),
  number_input: (e) => ({ value: e.initial_value || null }),
  rich_text_input: (e) => ({ rich_text_value: e.initial_value || null }),
  checkboxes: (e) => ({ selected_options: e.initial_options ?? [] }),
  radio_buttons: (e) => ({ selected_option: e.initial_option ?? null }),
  static_select: (e) => ({ selected_option: e.initial_option ?? null }),
  external_select: (e) => ({ selected_option: e.initial_option ?? null }),
  multi_static_select: (e) => ({ selected_options: e.initial_options ?? [] }),
  multi_external_select: (e) => ({ selected_options: e.initial_options ?? [] }),
  users_select: (e) => ({ selected_user: e.initial_user ?? null }),
  multi_users_select: (e) => ({ selected_users: e.initial_users ?? [] }),
  conversations_select: (e) => ({ selected_conversation: e.initial_conversation ?? null }),
  multi_conversations_select: (e) => ({ selected_conversations: e.initial_conversations ?? [] }),
  channels_select: (e) => ({ selected_channel: e.initial_channel ?? null }),
  multi_channels_select: (e) => ({ selected_channels: e.initial_channels ?? [] }),
  datepicker: (e) => ({ selected_date: e.initial_date ?? null }),
  timepicker: (e) => ({ selected_time: e.initial_time ?? null }),
  datetimepicker: (e) => ({ selected_date_time: e.initial_date_time ?? null }),
};

const FAULTS = { email_text_input: emailFault, url_text_input: urlFault, number_input: numberFault };

const bare = ({ type, ...value }) => value;
const blank = (value) =>
  Object.values(value).every((item) => item === null || item === "" || (Array.isArray(item) && item.length === 0));

/** The fields of one message or view: what was typed wins over what the server kept, and that over initial values. */
export class Form {
  constructor() {
    this.typed = {};
    this.begin({});
  }

  /** Start a new drawing with what the server kept. */
  begin(kept) {
    this.kept = kept ?? {};
    this.values = {};
    this.fields = [];
  }

  /** The value to draw an element with. */
  start(block, element) {
    const find = (from) => {
      const found = from[block.block_id]?.[element.action_id];
      return found?.type === element.type ? bare(found) : null;
    };
    const value = find(this.typed) ?? find(this.kept) ?? MAKERS[element.type](element);
    this.put(this.values, block, element, value);
    if (block.type === "input") this.fields.push({ block, element });
    return value;
  }

  put(into, block, element, value) {
    into[block.block_id] = { ...into[block.block_id], [element.action_id]: { type: element.type, ...value } };
  }

  /** Keep what the person put in. */
  set(block, element, value) {
    this.put(this.typed, block, element, value);
    this.put(this.values, block, element, value);
  }

  /** All values, as Slack's `state`. */
  state() {
    return { values: this.values };
  }

  /** What is plainly wrong before anyone is asked, by block id. */
  faults() {
    const found = this.fields.map(({ block, element }) => [block.block_id, this.fault(block, element)]);
    return Object.fromEntries(found.filter(([, fault]) => fault));
  }

  fault(block, element) {
    const { type, ...value } = this.values[block.block_id][element.action_id];
    if (blank(value)) return block.optional ? null : missing(type);
    if (type === "plain_text_input") return lengthFault(value.value, element);
    return FAULTS[type]?.(value.value, element) ?? null;
  }
}

const MISSING = [
  [/^(multi_|checkboxes)/, "Please choose at least one."],
  [/(_select|radio_buttons)$/, "Please choose one."],
  [/^date/, "Please choose a date."],
  [/^time/, "Please choose a time."],
];

const missing = (type) => MISSING.find(([kind]) => kind.test(type))?.[1] ?? "Please fill in this field.";

function lengthFault(text, { min_length = 0, max_length = 3000 }) {
  const size = [...text].length;
  if (size < min_length) return `Please write at least ${min_length} characters (${size} so far).`;
  return size > max_length
    ? `That is ${size - max_length} characters too long; ${max_length.toLocaleString("en")} fit.`
    : null;
}
