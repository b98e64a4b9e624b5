// Who one acts as.

import { actAs } from "./acting.js";
import { combobox } from "./combobox.js";
import { known } from "./known.js";
import { personOption } from "./pickers.js";
import { fullName, me, on, state } from "./store.js";

const humans = () => [{ options: state.session.people.filter((one) => !one.is_bot && !one.deleted).map(option) }];

const option = (one) => ({ ...personOption(one), shown: one.title ? `${fullName(one)}, ${one.title}` : fullName(one) });

/** The switcher at the top of the page. */
export function startPeople() {
  const box = combobox({
    id: "act-as",
    source: known(humans),
    placeholder: "Choose a person",
    onChange: ([chosen]) => actAs(chosen.key),
  });
  on("arriving", () => {
    if (state.arriving || !state.session) return;
    if (!box.root.isConnected) document.getElementById("act-as-place").append(box.root);
    box.values = [option(me())];
    box.rest();
  });
}
