// Block Kit's blocks. Each takes (block, context) and gives a node.

import { drawElement, isGroup } from "./elements.js";
import { h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { markdown } from "./markdown.js";
import { plainNodes, textObject, words } from "./mrkdwn.js";
import { image } from "./pictures.js";
import { richText } from "./richtext.js";

function section(block, context) {
  const fields = block.fields?.map((field) => h("div", { class: "field" }, textObject(field)));
  const text = h(
    "div",
    { class: "section-text" },
    textObject(block.text),
    fields ? h("div", { class: "fields" }, fields) : null,
  );
  const accessory = block.accessory
    ? h("div", { class: `accessory accessory-${block.accessory.type}` }, drawElement(block.accessory, block, context))
    : null;
  return h("div", { class: "section" }, text, accessory);
}

const header = (block) =>
  h("h3", { class: "header", dir: "auto" }, ...plainNodes(words(block.text), block.text?.emoji !== false));

const contextual = (block) =>
  h(
    "div",
    { class: "context" },
    block.elements.map((item) => (item.type === "image" ? image(item, "context-image") : textObject(item))),
  );

const actions = (block, context) =>
  h(
    "div",
    { class: "actions" },
    block.elements.map((element) => drawElement(element, block, context)),
  );

function picture(block) {
  const caption = block.title ? h("figcaption", {}, textObject(block.title, "span")) : null;
  return h("figure", { class: "image" }, caption, image(block));
}

function input(block, context) {
  const [field, label, hint, error] = [uid("field"), uid("label"), uid("hint"), uid("error")];
  const group = isGroup(block.element);
  const described = block.hint ? `${error} ${hint}` : error;
  const naming = {
    id: field,
    labelledBy: group ? label : undefined,
    label: undefined,
    describedBy: described,
    required: !block.optional,
  };
  const note = block.optional ? h("span", { class: "optional" }, " (optional)") : null;
  const name = h(
    group ? "div" : "label",
    { for: group ? null : field, id: label, class: "label", dir: "auto" },
    ...plainNodes(words(block.label)),
    note,
  );
  const control = drawElement(block.element, block, context, naming);
  const help = block.hint ? h("div", { id: hint, class: "hint" }, textObject(block.hint)) : null;
  return h(
    "div",
    { class: "input-block" },
    name,
    control,
    h("div", { id: error, class: "field-error", "aria-live": "polite" }),
    help,
  );
}

const cell = (content, tag, look) => {
  const inner =
    content.type === "rich_text"
      ? richText(content)
      : h("span", { dir: "auto" }, content.text ?? String(content.value ?? ""));
  return h(tag, { scope: tag === "th" ? "col" : null, style: look }, inner);
};

function table(block) {
  const looks = (block.column_settings ?? []).map((column) => ({
    textAlign: column?.align ?? "left",
    whiteSpace: column?.is_wrapped ? "normal" : "nowrap",
  }));
  const row = (cells, tag) =>
    h(
      "tr",
      {},
      cells.map((content, at) => cell(content, tag, looks[at] ?? {})),
    );
  const [head, ...rest] = block.rows;
  const caption = block.caption ? h("caption", {}, words(block.caption)) : null;
  const body = h(
    "tbody",
    {},
    rest.map((cells) => row(cells, "td")),
  );
  return h(
    "div",
    { class: "table-scroll", tabindex: "0", role: "group", "aria-label": "Table" },
    h("table", {}, caption, h("thead", {}, row(head, "th")), body),
  );
}

const LEVELS = { default: "info", info: "info", warning: "warning", error: "warning", success: "check" };

function alert(block) {
  const level = block.level in LEVELS ? block.level : "default";
  return h(
    "div",
    { class: `alert alert-${level}`, role: "note" },
    icon(LEVELS[level], 18),
    h("span", { class: "visually-hidden" }, `${level}: `),
    textObject(block.text),
  );
}

function video(block) {
  const shown = image({ image_url: block.thumbnail_url, alt_text: block.alt_text });
  return h("figure", { class: "image" }, h("figcaption", {}, textObject(block.title, "span")), shown);
}

const BLOCKS = {
  section,
  header,
  context: contextual,
  actions,
  context_actions: actions,
  divider: () => h("hr", {}),
  image: picture,
  input,
  rich_text: richText,
  markdown: (block) => markdown(block.text ?? ""),
  table,
  data_table: table,
  alert,
  video,
};

const unknown = (block) => h("div", { class: "unrendered" }, `This page cannot draw a “${block.type}” block yet.`);

/** Draw one block inside its frame, where notices of its elements appear. */
function drawBlock(block, context) {
  return h(
    "div",
    { class: `block block-${block.type}`, data: { blockId: block.block_id } },
    (BLOCKS[block.type] ?? unknown)(block, context),
  );
}

/** Draw all blocks of a message or view. */
export const drawBlocks = (blocks, context) =>
  h(
    "div",
    { class: "blocks" },
    blocks.map((block) => drawBlock(block, context)),
  );

/** Show the faults of fields at the fields; gives the first field with one, and the faults that belong to none. */
export function showErrors(root, errors) {
  let first = null;
  const left = { ...errors };
  root.querySelectorAll(".block-input").forEach((block) => {
    const fault = errors[block.dataset.blockId];
    const control = block.querySelector("[data-action-id]");
    const place = block.querySelector(".field-error");
    place.replaceChildren(...(fault ? [icon("warning", 14), h("span", { dir: "auto" }, fault)] : []));
    block.classList.toggle("invalid", Boolean(fault));
    block
      .querySelectorAll("input, textarea")
      .forEach((field) => (fault ? field.setAttribute("aria-invalid", "true") : field.removeAttribute("aria-invalid")));
    if (fault) first ??= control;
    delete left[block.dataset.blockId];
  });
  return { first, left };
}
