// Modals: the stack of views that the app has open for the acting person.

import { send } from "./api.js";
import { drawBlocks, showErrors } from "./blocks.js";
import { dialogHead, frame } from "./dialog.js";
import { focusables, h, keepFocus, uid } from "./dom.js";
import { icon } from "./icons.js";
import { plainNodes, words } from "./mrkdwn.js";
import { busyWhile, clearNotice, isBusy, noticeNear, toast } from "./notices.js";
import { state } from "./store.js";
import { surface } from "./surface.js";

let shown = null;

async function close(all) {
  const answer = await send("/page/view/close", { user: state.user, view_id: shown.view.id, all });
  if (answer.ok) return;
  state.stacks.delete(state.user);
  showStack([]);
  toast(answer.notice);
}

async function submit(event) {
  event.preventDefault();
  const { form, body, view, button, foot } = shown;
  if (!button || isBusy(button)) return;
  clearNotice(foot);
  if (present(form.faults())) return;
  const answer = await busyWhile(button, () =>
    send("/page/view/submit", { user: state.user, view_id: view.id, state: form.state() }),
  );
  if (answer.ok || shown?.view.id !== view.id) return;
  const { left } = showErrors(body, answer.errors ?? {});
  if (answer.errors) present(answer.errors);
  const rest = [answer.notice, ...Object.values(left)].filter(Boolean).join(" ");
  if (rest) noticeNear(foot.firstChild, rest);
}

function present(errors) {
  const { first } = showErrors(shown.body, errors);
  const target = first && (first.matches("input, textarea") ? first : focusables(first)[0]);
  target?.focus();
  target?.closest(".block")?.scrollIntoView({ block: "nearest" });
  return Object.keys(errors).length > 0;
}

const hasInput = (view) => view.blocks.some((block) => block.type === "input");

function footer(view) {
  const label = view.submit || hasInput(view) ? words(view.submit) || "Submit" : null;
  const leave = h(
    "button",
    { type: "button", class: "button", data: { focusKey: "modal-close" }, on: { click: () => close(false) } },
    ...plainNodes(words(view.close) || "Close"),
  );
  const go = label
    ? h("button", { type: "submit", class: "button primary", data: { focusKey: "modal-submit" } }, ...plainNodes(label))
    : null;
  return { foot: h("footer", { class: "dialog-foot" }, leave, go), button: go };
}

function head(view, depth) {
  const name = uid("title");
  const back =
    depth > 1
      ? h(
          "button",
          {
            type: "button",
            class: "icon-button",
            "aria-label": "Back",
            data: { focusKey: "modal-back" },
            on: { click: () => close(false) },
          },
          icon("back"),
        )
      : null;
  return {
    name,
    node: dialogHead(h("h2", { id: name, dir: "auto" }, ...plainNodes(words(view.title))), () => close(true), back),
  };
}

function fill(view, depth) {
  const context = surface({ type: "view", view_id: view.id }, view.id);
  context.form.begin(view.state?.values);
  const { foot, button } = footer(view);
  const { name, node } = head(view, depth);
  const body = h("div", { class: "dialog-body", tabindex: "-1" }, drawBlocks(view.blocks, context));
  const form = h("form", { class: "modal-form", novalidate: true, on: { submit, keydown: hurry } }, node, body, foot);
  const scroll = shown.view?.id === view.id ? shown.body.scrollTop : 0;
  Object.assign(shown, { view, form: context.form, foot, button, body });
  shown.dialog.setAttribute("aria-labelledby", name);
  shown.dialog.replaceChildren(form);
  body.scrollTop = scroll;
}

function hurry(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
}

const elementsOf = (block) => [block.element, block.accessory, ...(block.elements ?? [])].filter(Boolean);

function asked() {
  const block = shown.view.blocks.find((one) => elementsOf(one).some((element) => element.focus_on_load));
  const place =
    block && [...shown.body.querySelectorAll(".block")].find((node) => node.dataset.blockId === block.block_id);
  return place && focusables(place)[0];
}

function focusFirst() {
  const stops = focusables(shown.body);
  const wanted = asked();
  const first = wanted ?? stops.find((node) => node.matches("input, textarea")) ?? focusables(shown.foot).at(-1);
  first.focus();
  if (!wanted) shown.body.scrollTop = 0;
}

/** Show the top of the stack, or nothing when it is empty. */
export function showStack(stack) {
  const top = stack.at(-1);
  if (!top) {
    shown?.dialog.close();
    shown = null;
    return;
  }
  const same = shown?.view?.id === top.id;
  if (same && shown.view.hash === top.hash && shown.depth === stack.length) return;
  if (!shown) document.querySelectorAll("dialog.passing").forEach((dialog) => dialog.close());
  shown ??= { dialog: frame({ class: "dialog modal" }, () => close(false)) };
  shown.depth = stack.length;
  const waited = same && !focusables(shown.body).some((node) => node.matches("input, textarea"));
  if (same) keepFocus(shown.dialog, () => fill(top, stack.length), shown.body);
  else fill(top, stack.length);
  if (!same || waited || !shown.dialog.contains(document.activeElement)) focusFirst();
}
