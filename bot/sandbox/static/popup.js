// Small windows that hang from a control: lists, menus, calendars.

const GAP = 4;

function place(popup, anchor, { align = "start", width = null }) {
  const box = anchor.getBoundingClientRect();
  if (width === "anchor") popup.style.minWidth = `${Math.min(box.width, innerWidth - 16)}px`;
  const below = innerHeight - box.bottom - GAP - 8;
  const above = box.top - GAP - 8;
  const scrolled = popup.scrollTop;
  popup.style.maxHeight = "";
  const wanted = popup.scrollHeight + 2;
  const down = below >= wanted || below >= above;
  popup.style.maxHeight = `${Math.max(120, Math.min(down ? below : above, 460))}px`;
  popup.scrollTop = scrolled;
  const size = popup.getBoundingClientRect();
  const left = align === "end" ? box.right - size.width : box.left;
  popup.style.left = `${Math.max(8, Math.min(left, innerWidth - size.width - 8))}px`;
  popup.style.top = `${Math.max(8, down ? box.bottom + GAP : box.top - GAP - size.height)}px`;
}

/** Hang a node from a control until something else is pressed; gives `{close, place}`. */
export function openPopup(popup, anchor, { onClose, ...look } = {}) {
  const host = anchor.closest("dialog") ?? document.body;
  const settle = () => place(popup, anchor, look);
  const away = (event) => popup.contains(event.target) || anchor.contains(event.target) || close();
  const scrolled = (event) => event.target !== popup && !popup.contains(event.target) && settle();
  const watch = { pointerdown: away, focusin: away, scroll: scrolled };
  let open = true;
  function close() {
    if (!open) return;
    open = false;
    Object.entries(watch).forEach(([type, listener]) => document.removeEventListener(type, listener, true));
    removeEventListener("resize", settle);
    popup.remove();
    onClose?.();
  }
  popup.setAttribute("popover", "manual");
  popup.classList.add("popup");
  host.append(popup);
  popup.showPopover();
  settle();
  Object.entries(watch).forEach(([type, listener]) => document.addEventListener(type, listener, true));
  addEventListener("resize", settle);
  return { close, place: settle };
}
