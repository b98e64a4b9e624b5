// Text fields of all kinds.

import { h } from "./dom.js";
import { words } from "./mrkdwn.js";

/** The attributes that name a field for screen readers. */
export const attributesOf = ({ id, label, labelledBy, describedBy, required }) => ({
  id,
  "aria-label": label,
  "aria-labelledby": labelledBy,
  "aria-describedby": describedBy,
  "aria-required": required ? "true" : null,
});

function naturalInput(element, value, attributes) {
  if (element.multiline) return h("textarea", { ...attributes, rows: "4", class: "text-input", value });
  const kind = { email_text_input: "email", url_text_input: "url" }[element.type] ?? "text";
  const mode = element.type === "number_input" ? { inputmode: element.is_decimal_allowed ? "decimal" : "numeric" } : {};
  return h("input", { ...attributes, ...mode, type: kind, class: "text-input", value });
}

function counter(element, node) {
  const most = element.max_length ?? 3000;
  const note = h("div", { class: "counter", "aria-live": "polite" });
  const count = () => {
    const left = most - [...node.value].length;
    note.textContent = left < Math.max(20, most * 0.1) ? (left < 0 ? `${-left} too many` : `${left} left`) : "";
    note.classList.toggle("over", left < 0);
  };
  node.addEventListener("input", count);
  count();
  return note;
}

function dispatching(element, block, context, node) {
  const wanted = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  let timer = null;
  const now = () => {
    clearTimeout(timer);
    context.act(block, element, { value: node.value || null }, node);
  };
  node.addEventListener("input", () => {
    clearTimeout(timer);
    if (wanted.includes("on_character_entered")) timer = setTimeout(now, 500);
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || !wanted.includes("on_enter_pressed") || element.multiline) return;
    event.preventDefault();
    now();
  });
}

/** One line or many, an address, a number. */
export function textInput(element, block, context, { data, focusKey, ...naming }) {
  const { value } = context.form.start(block, element);
  const node = naturalInput(element, value ?? "", {
    ...attributesOf(naming),
    dir: "auto",
    placeholder: words(element.placeholder) || null,
    data: { ...data, focusKey },
  });
  node.addEventListener("input", () => context.form.set(block, element, { value: node.value || null }));
  if (block.dispatch_action) dispatching(element, block, context, node);
  return element.type === "plain_text_input" ? h("div", {}, node, counter(element, node)) : node;
}

const asRichText = (text) => ({
  type: "rich_text",
  elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }],
});
const fromRichText = (value) =>
  (value?.elements ?? [])
    .flatMap((part) => part.elements ?? [])
    .map((part) => part.text ?? "")
    .join("");

/** Text that is handed over as rich_text. */
export function richTextInput(element, block, context, { data, focusKey, ...naming }) {
  const { rich_text_value } = context.form.start(block, element);
  const node = h("textarea", {
    ...attributesOf(naming),
    rows: "4",
    class: "text-input",
    dir: "auto",
    placeholder: words(element.placeholder) || null,
    value: fromRichText(rich_text_value),
    data: { ...data, focusKey },
  });
  node.addEventListener("input", () =>
    context.form.set(block, element, { rich_text_value: node.value ? asRichText(node.value) : null }),
  );
  return node;
}
