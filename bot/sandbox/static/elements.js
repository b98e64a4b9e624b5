// Block Kit's interactive elements. Each takes (element, block, context, naming) and gives a node.

import { choices } from "./choices.js";
import { dateField, timeField } from "./datefields.js";
import { epochOf, wallOf } from "./dates.js";
import { confirmed } from "./dialog.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { follow } from "./links.js";
import { menuButton } from "./menu.js";
import { plainNodes, words } from "./mrkdwn.js";
import { isBusy } from "./notices.js";
import { picker } from "./pickers.js";
import { image } from "./pictures.js";
import { attributesOf, richTextInput, textInput } from "./textinputs.js";

function button(element, block, context, { data, focusKey }) {
  const look = ["primary", "danger"].includes(element.style) ? element.style : "";
  const attributes = {
    type: "button",
    class: `button ${look}`,
    "aria-label": element.accessibility_label || null,
    data: { ...data, focusKey },
  };
  const node = h("button", attributes, ...plainNodes(words(element.text), element.text?.emoji !== false));
  node.addEventListener("click", async () => {
    if (isBusy(node) || !(await confirmed(element.confirm))) return;
    if (element.url) follow(element.url);
    const value = element.value === undefined || element.value === null ? {} : { value: element.value };
    context.act(block, element, { text: element.text, ...value }, node);
  });
  return node;
}

function overflow(element, block, context, { data, focusKey }) {
  const choose = async (option) => {
    if (!(await confirmed(element.confirm))) return;
    if (option.url) follow(option.url);
    context.act(block, element, { selected_option: option }, node);
  };
  const items = () =>
    element.options.map((option) => ({
      text: words(option.text),
      description: words(option.description),
      run: () => choose(option),
    }));
  const node = menuButton(
    { class: "button overflow", "aria-label": "More options", data: { ...data, focusKey } },
    icon("dots"),
    items,
    "More options",
    "end",
  );
  return node;
}

function datepicker(element, block, context, { data, ...naming }) {
  let { selected_date } = context.form.start(block, element);
  const onChange = async (day) => {
    if (await context.changed(block, element, { selected_date: day }, field.input)) selected_date = day;
    else field.show(selected_date);
  };
  const field = dateField({
    ...attributesOf(naming),
    data,
    focusKey: naming.focusKey,
    value: selected_date,
    clearable: Boolean(block.optional),
    placeholder: words(element.placeholder),
    onChange,
  });
  return field.root;
}

function timepicker(element, block, context, naming) {
  const { selected_time } = context.form.start(block, element);
  const onChange = (time) => context.changed(block, element, { selected_time: time }, field.input);
  const field = timeField({
    ...naming,
    value: selected_time,
    clearable: Boolean(block.optional),
    placeholder: words(element.placeholder),
    onChange,
  });
  return field.root;
}

function datetimepicker(element, block, context, { data, label, labelledBy, id, ...naming }) {
  const { selected_date_time } = context.form.start(block, element);
  const chosen = selected_date_time ? wallOf(selected_date_time) : { day: null, time: null };
  const change = (part, control) => {
    Object.assign(chosen, part);
    if (chosen.day && !chosen.time) return;
    context.changed(
      block,
      element,
      { selected_date_time: chosen.day ? epochOf(chosen.day, chosen.time) : null },
      control,
    );
  };
  const name = label ?? words(block.label);
  const day = dateField({
    ...attributesOf({ ...naming, id }),
    "aria-label": `${name} date`,
    data,
    focusKey: `${naming.focusKey}/day`,
    value: chosen.day,
    onChange: (value) => change({ day: value }, day.input),
  });
  const time = timeField({
    ...naming,
    label: `${name} time`,
    focusKey: `${naming.focusKey}/time`,
    value: chosen.time,
    onChange: (value) => change({ time: value }, time.input),
  });
  return h("div", { class: "date-time" }, day.root, time.root);
}

const SELECTS = ["static", "external", "users", "conversations", "channels"].flatMap((kind) => [
  `${kind}_select`,
  `multi_${kind}_select`,
]);

const ELEMENTS = {
  button,
  workflow_button: button,
  overflow,
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
  rich_text_input: richTextInput,
  checkboxes: (...all) => choices(...all, "checkbox"),
  radio_buttons: (...all) => choices(...all, "radio"),
  datepicker,
  timepicker,
  datetimepicker,
  image: (element) => image(element, "thumbnail"),
  ...Object.fromEntries(SELECTS.map((type) => [type, picker])),
};

/** What an element without a label of its own is called by screen readers. */
function spoken(element, block) {
  return (
    element.accessibility_label ||
    words(element.placeholder) ||
    words(block.text).slice(0, 80) ||
    element.type.replaceAll("_", " ")
  );
}

/** Draw any element; an unknown one says so. */
export function drawElement(element, block, context, labels = {}) {
  const draw = ELEMENTS[element.type];
  if (!draw) return h("span", { class: "unrendered" }, `[${element.type}]`);
  const data = { blockId: block.block_id, actionId: element.action_id };
  const label = labels.id ? undefined : spoken(element, block);
  return draw(element, block, context, { data, focusKey: `${block.block_id}/${element.action_id}`, label, ...labels });
}

/** Whether an element is a group of choices, which a `<label for>` cannot name. */
export const isGroup = (element) => ["checkboxes", "radio_buttons", "datetimepicker"].includes(element.type);
