// What joins drawn blocks with the workspace: values, actions, busy buttons, refusals.

import { send } from "./api.js";
import { confirmed } from "./dialog.js";
import { Form } from "./form.js";
import { busyWhile, clearNotice, noticeNear } from "./notices.js";
import { state } from "./store.js";

const forms = new Map();

/** The values of one message or view, kept while it is redrawn. */
function formFor(key) {
  if (!forms.has(key)) forms.set(key, new Form());
  return forms.get(key);
}

/** The context that blocks of one message or view are drawn with. */
export function surface(where, key) {
  const form = formFor(key);

  async function act(block, element, extra, control) {
    const action = { type: element.type, action_id: element.action_id, block_id: block.block_id, ...extra };
    clearNotice(control);
    const answer = await busyWhile(control, () =>
      send("/page/action", { user: state.user, where, action, state: form.state() }),
    );
    if (!answer.ok) noticeNear(control, answer.notice);
  }

  /** Keep what was chosen, and tell the app where it listens; false when the person takes it back on being asked. */
  async function changed(block, element, value, control) {
    const told = block.type !== "input" || block.dispatch_action;
    if (told && element.confirm && !(await confirmed(element.confirm))) return false;
    form.set(block, element, value);
    if (told) act(block, element, value, control);
    return true;
  }

  return { where, form, act, changed };
}
