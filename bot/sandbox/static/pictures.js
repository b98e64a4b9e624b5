// Pictures from addresses and from files of this workspace.

import { h } from "./dom.js";
import { safeAddress } from "./links.js";

const web = (address) => {
  const safe = safeAddress(new URL(address, location.href).href);
  return safe && /^https?:/.test(safe) ? safe : null;
};

const source = (block) => {
  if (block.slack_file?.id) return `/files/${encodeURIComponent(block.slack_file.id)}`;
  const address = block.slack_file?.url ?? block.image_url;
  return address ? web(address) : null;
};

function missing(alt) {
  return h(
    "span",
    { class: "picture-missing", role: "img", "aria-label": alt },
    `Picture could not be loaded: ${alt || "no description"}`,
  );
}

/** A picture with its alt text; words in its place when it cannot be loaded. */
export function image(block, look = "picture") {
  const address = source(block);
  if (!address) return missing(block.alt_text);
  const node = h("img", { src: address, alt: block.alt_text ?? "", class: look, referrerpolicy: "no-referrer" });
  node.addEventListener("error", () => node.replaceWith(missing(block.alt_text)));
  return node;
}
