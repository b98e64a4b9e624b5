"""An open or closed poll of any kind on the hub: how far it is, and the buttons that end it or show its result."""

from dataclasses import dataclass

from slack_sdk.models.blocks import ButtonElement, ConfirmObject

from handlers.ids import Action
from handlers.views.text import plain
from planning.agreement.values import Poll


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an open round is; `asked` has the number of people asked by department."""

    poll: Poll
    asked: tuple[tuple[str, int], ...]
    answered: int


def close_buttons(poll: Poll) -> list[ButtonElement]:
    """Close it now, or call it off."""
    now = _asking("Close it now?", "What was answered so far counts; nobody can answer any more.", "Close it")
    off = _asking("Call it off?", "The answers come to nothing, and nothing more is sent.", "Call it off")
    return [
        ButtonElement(text=plain("Close now"), action_id=Action.POLL_CLOSE, value=str(poll.id), confirm=now),
        ButtonElement(text=plain("Call off"), action_id=Action.POLL_CALL_OFF, value=str(poll.id), confirm=off),
    ]


def result_buttons(poll: Poll) -> list[ButtonElement]:
    """Show what came of it."""
    return [ButtonElement(text=plain("What came of it"), action_id=Action.POLL_RESULT, value=str(poll.id))]


def _asking(title: str, text: str, confirm: str) -> ConfirmObject:
    return ConfirmObject(title=title, text=plain(text, 300), confirm=confirm, deny="Not yet")
