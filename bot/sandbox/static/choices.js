// Checkboxes and radio buttons.

import { h, uid } from "./dom.js";
import { textObject } from "./mrkdwn.js";
import { attributesOf } from "./textinputs.js";

/** A list of boxes to tick, or of which one is chosen. */
export function choices(element, block, context, naming, kind) {
  const many = kind === "checkbox";
  const started = context.form.start(block, element);
  let chosen = many ? started.selected_options : [started.selected_option].filter(Boolean);
  const name = uid("choice");
  const changed = (option, input) => {
    const rest = many ? chosen.filter((one) => one.value !== option.value) : [];
    chosen = input.checked ? [...rest, option] : rest;
    context.changed(
      block,
      element,
      many ? { selected_options: chosen } : { selected_option: chosen[0] ?? null },
      input,
    );
  };
  const row = (option, at) => {
    const checked = chosen.some((one) => one.value === option.value);
    const [label, note] = [uid("choice"), uid("choice")];
    const named = { "aria-labelledby": label, "aria-describedby": option.description ? note : null };
    const input = h("input", {
      type: kind,
      name,
      checked,
      value: option.value,
      ...named,
      data: { ...naming.data, focusKey: `${naming.focusKey}/${at}` },
    });
    input.addEventListener("change", () => changed(option, input));
    const described = option.description
      ? h("span", { class: "option-note", id: note }, textObject(option.description, "span"))
      : null;
    const text = h(
      "span",
      { class: "choice-words" },
      h("span", { id: label }, textObject(option.text, "span")),
      described,
    );
    return h("label", { class: "choice" }, input, text);
  };
  const attributes = attributesOf({ ...naming, required: false });
  return h(
    "div",
    { role: many ? "group" : "radiogroup", class: "choices", ...attributes, tabindex: null },
    element.options.map(row),
  );
}
