"""The form for how long things are kept."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.fields import Field
from handlers.views.setup import settings_form
from handlers.views.text import context, paragraph
from planning.data.values import TERMS, Kept
from planning.text import counted

TITLE = "What is kept"
ABOUT = (
    "Every night Concord forgets what is over and older than this. What still goes on is kept: open overlaps, plans "
    "and rounds with their messages. Initiatives, findings, plans, readings and the log of who did what always stay."
)
DELETING = (
    "“/cx privacy” shows people what is kept about them. To have somebody’s data deleted, ask whoever runs Concord: "
    "they do it with “concord person delete”."
)
LABELS: Mapping[Kept, str] = {
    Kept.MESSAGES: "Days to keep messages that are over",
    Kept.DUE_TIMES: "Days to keep past digests and reminders",
    Kept.CHECK_INS: "Days to keep answers in check-ins",
}
GOES: Mapping[Kept, str] = {
    Kept.MESSAGES: "messages that are over",
    Kept.DUE_TIMES: "past digests and reminders",
    Kept.CHECK_INS: "check-ins that a newer one followed",
}


def data_form(days: Mapping[Kept, int]) -> View:
    """For how many days each sort of thing is kept."""
    asked = [fields.number(_field(kept), days[kept], least=TERMS[kept].least, decimals=False) for kept in Kept]
    return settings_form(Modal.DATA, TITLE, [paragraph(ABOUT), *asked, context(DELETING)])


def saved_terms(days: Mapping[Kept, int], shorter: Sequence[Kept]) -> str:
    """What that means, for who saved it: what goes can be kept until the night."""
    if not shorter:
        return "Saved. Nothing goes earlier than before."
    going = "; ".join(f"{GOES[kept]} after {counted(days[kept], 'day')}" for kept in shorter)
    return f"From the coming night on these are forgotten: {going}. Until then you can change it back."


def _field(kept: Kept) -> Field:
    term = TERMS[kept]
    return Field(
        str(kept), LABELS[kept], f"From {term.least} to {term.most}; {term.usual} unless you change it.", optional=False
    )
