"""What Concord keeps about the person who asks, and how they get it or have it deleted."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from handlers.ids import Action
from handlers.views.names import joined
from handlers.views.text import Message, bold, bullets, context, escape_within, header, line, plain, rich
from planning.data.values import GONE, Kept
from planning.text import clip
from planning.workspace.values import Person

TITLE = "What Concord keeps about you"
FILE_TITLE = TITLE
NAME_SHOWN = 80
_ROLES_SHOWN = 4


def privacy_message(person: Person, department: str, days: Mapping[Kept, int], stewards: Sequence[str]) -> Message:
    """In plain words, with a button that sends all of it."""
    rows = [
        f"Who you are here: {clip(person.name, NAME_SHOWN)}, {_place(person, department)}.",
        "When and of what you want to hear (/cx notify).",
        "What you did here: initiatives, decisions, plans, readings, what you said of the journey.",
        f"What you answered in check-ins, for {days[Kept.CHECK_INS]} days; the last word on an initiative stays.",
        "Your answers in rounds, until a round closes. Nobody sees them with your name.",
        f"Which messages you got, for {days[Kept.MESSAGES]} days after they are over.",
    ]
    whom = joined((clip(name, NAME_SHOWN) for name in stewards), most=3) or "whoever runs Concord"
    deleting = f"To have it deleted, ask {whom}. What others still need then stays under “{GONE}”."
    button = ButtonElement(text=plain("Send me my data"), action_id=Action.PRIVACY_SEND)
    blocks = [
        header(TITLE),
        rich(bullets([(row,) for row in rows])),
        rich(line(bold("Your say. "), deleting)),
        ActionsBlock(block_id="privacy", elements=[button]),
        context("Nothing of it leaves the machines that Concord runs on, but for what it writes in Slack."),
    ]
    return Message(escape_within("\n".join([TITLE, *rows, deleting])), blocks)


def asked_message(*, new: bool) -> Message:
    """What comes now."""
    told = (
        "Your data comes as a file, by direct message." if new else "You asked for your data today; it was sent then."
    )
    return Message(told, [rich(line(told))])


def file_message() -> Message:
    """The words that go with the file."""
    return Message("Here is everything that Concord ties to you. Only you get this file.")


def _place(person: Person, department: str) -> str:
    roles = sorted(str(role) for role in person.roles)
    told = [department or "no department", f"time zone {person.zone}", *roles[:_ROLES_SHOWN]]
    return ", ".join(clip(one, NAME_SHOWN) for one in told)
