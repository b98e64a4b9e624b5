"""Small modals: one that holds the place while the register is read, and one that says something."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views.text import paragraph, plain

TITLE_MAX = 24


def loading_modal(title: str) -> View:
    """Opened at once, because a trigger lives three seconds; filled a moment later."""
    return View(
        type="modal",
        callback_id=Modal.LOADING,
        title=plain(title, TITLE_MAX),
        close=plain("Close"),
        blocks=[paragraph("One moment…")],
    )


def told_modal(title: str, blocks: Sequence[Block], close: str = "Close") -> View:
    """A modal to read, with nothing to send; we hear when it is closed, for the Home tab may lie under it."""
    return View(
        type="modal",
        callback_id=Modal.TOLD,
        title=plain(title, TITLE_MAX),
        close=plain(close, TITLE_MAX),
        notify_on_close=True,
        blocks=list(blocks),
    )
