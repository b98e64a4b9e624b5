// Slack's select elements, each a source of options and a way to read and write its value.

import { send } from "./api.js";
import { avatar } from "./avatars.js";
import { combobox } from "./combobox.js";
import { known } from "./known.js";
import { channelName, conversation, fullName, isAppConversation, markedTitle, otherPeople, person, state, title } from "./store.js";
import { words } from "./mrkdwn.js";

const REASON = "Those choices could not be loaded. Try again in a moment.";

const fromSlack = (raw) => ({
  key: raw.value,
  text: words(raw.text),
  description: words(raw.description) || null,
  raw,
});
const grouped = (found) =>
  found.option_groups
    ? found.option_groups.map((group) => ({ label: words(group.label), options: group.options.map(fromSlack) }))
    : [{ options: (found.options ?? []).map(fromSlack) }];

/** A person as an option. */
export const personOption = (one) => ({
  key: one.id,
  text: fullName(one),
  description: one.title || null,
  words: one.name,
  picture: () => avatar(one, 24),
});

function conversationOption(one) {
  const direct = one.kind === "im" || one.kind === "mpim";
  return {
    key: one.id,
    text: markedTitle(one),
    words: title(one),
    picture: direct ? () => avatar(otherPeople(one)[0], 24) : null,
  };
}

const people = () => [{ options: state.session.people.filter((one) => !one.deleted).map(personOption) }];

function allowed(one, filter) {
  const kind = one.kind === "channel" ? "public" : one.kind;
  if (filter?.include && !filter.include.includes(kind)) return false;
  return !(filter?.exclude_bot_users && one.kind === "im" && otherPeople(one).some((other) => other.is_bot));
}

const conversations = (element) => [
  { options: state.session.conversations.filter((one) => allowed(one, element.filter)).map(conversationOption) },
];
const channels = () => [
  { options: state.session.conversations.filter((one) => one.kind === "channel").map(conversationOption) },
];

function optionFor(id) {
  if (conversation(id)) return conversationOption(conversation(id));
  const name = channelName(id);
  return { key: id, text: name ? `#${name}` : id };
}

async function ask(element, block, context, query) {
  const least = element.min_query_length ?? 3;
  if ([...query].length < least)
    return { groups: [], note: least === 1 ? "Write to search." : `Write at least ${least} characters to search.` };
  const asked = {
    user: state.user,
    where: context.where,
    action_id: element.action_id,
    block_id: block.block_id,
    value: query,
  };
  const found = await send("/page/options", asked);
  return found.ok ? { groups: grouped(found) } : { groups: [], note: found.notice || REASON };
}

const RAW = { write: (value) => value.raw, read: fromSlack };

const KINDS = {
  static: { ...RAW, field: "option", source: (element) => known(() => grouped(element)) },
  external: {
    ...RAW,
    field: "option",
    delay: 250,
    source: (element, block, context) => (query) => ask(element, block, context, query),
  },
  users: {
    field: "user",
    write: (value) => value.key,
    read: (id) => personOption(person(id)),
    source: () => known(people),
  },
  conversations: {
    field: "conversation",
    write: (value) => value.key,
    read: optionFor,
    source: (element) => known(() => conversations(element)),
  },
  channels: { field: "channel", write: (value) => value.key, read: optionFor, source: () => known(channels) },
};

const parts = (type) => /^(multi_)?(\w+)_select$/.exec(type);

function defaulted(element, value, field) {
  const wanted =
    element.default_to_current_conversation && state.channel && !isAppConversation(conversation(state.channel));
  if (!wanted) return value;
  if (value[field] === null) return { [field]: state.channel };
  return Array.isArray(value[field]) && value[field].length === 0 ? { [field]: [state.channel] } : value;
}

/** Any of Slack's ten select elements. */
export function picker(element, block, context, naming) {
  const [, multi, kindName] = parts(element.type);
  const kind = KINDS[kindName];
  const field = `selected_${kind.field}${multi ? "s" : ""}`;
  const started = context.form.start(block, element);
  const value = defaulted(element, started, field);
  if (value !== started) context.form.set(block, element, value);
  let sent = JSON.stringify(value);
  let kept = null;
  const current = () =>
    multi ? { [field]: box.values.map(kind.write) } : { [field]: box.values[0] ? kind.write(box.values[0]) : null };
  const dispatch = async () => {
    const [before, values] = [sent, kept];
    if (JSON.stringify(current()) === sent) return;
    sent = JSON.stringify(current());
    kept = box.values;
    if (await context.changed(block, element, current(), box.input)) return;
    [sent, kept, box.values] = [before, values, values];
    box.rest();
  };
  const box = combobox({
    ...naming,
    multiple: Boolean(multi),
    max: element.max_selected_items,
    delay: kind.delay,
    clearable: Boolean(block.optional),
    placeholder: words(element.placeholder) || (multi ? "Choose some" : "Choose one"),
    values: [value[field]]
      .flat()
      .filter((item) => item !== null && item !== undefined)
      .map(kind.read),
    source: kind.source(element, block, context),
    onChange: () => (multi && box.popup ? context.form.set(block, element, current()) : dispatch()),
    onClose: () => multi && dispatch(),
  });
  kept = box.values;
  return box.root;
}
