// The app's Home tab.

import { drawBlocks } from "./blocks.js";
import { h, keepFocus } from "./dom.js";
import { app, state } from "./store.js";
import { surface } from "./surface.js";

const root = h("div", { class: "home-body", role: "tabpanel", "aria-label": "Home", tabindex: "-1" });

const empty = () =>
  h(
    "div",
    { class: "home-empty" },
    h("h3", {}, `${app().name} has nothing on its Home yet`),
    h("p", {}, "It is drawn by the app when it is opened. If it stays empty, check that the app is connected."),
  );

/** The Home tab's node, drawn with the view that is known now. */
export function drawHome() {
  const view = state.homes.get(state.user);
  const scroll = root.scrollTop;
  keepFocus(
    root,
    () => {
      if (!view) return root.replaceChildren(empty());
      const context = surface({ type: "view", view_id: view.id }, view.id);
      context.form.begin(view.state?.values);
      root.replaceChildren(h("div", { class: "home-page" }, drawBlocks(view.blocks, context)));
    },
    root,
  );
  root.scrollTop = scroll;
  return root;
}
