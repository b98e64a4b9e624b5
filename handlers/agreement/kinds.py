"""What is particular to each kind of poll: its words, its form, how the form is read, and how its result looks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.views import View

from handlers.agreement import naming, pulse, score
from handlers.views.agreement.questions import Wording
from handlers.views.text import Message
from planning.agreement.answers import Answer
from planning.agreement.values import Invitation, Poll, PollKind
from planning.register import Register


@dataclass(frozen=True, slots=True)
class AskedKind:
    """One kind of poll in Slack.

    `form` shows the person's own earlier answer, if any, and nothing of anybody else's; it is built with
    `handlers.views.agreement.forms.answer_form`. `answer` reads what was filled in, and raises ValidationError and
    FieldError. `result` takes whether the reader is a steward; it and `outcome` (one sentence for those who were asked)
    are only called for a poll with a result.
    """

    wording: Callable[[Register, Poll], Wording]
    form: Callable[[Register, Poll, Invitation], View]
    answer: Callable[[Register, Poll, Mapping[str, Any]], Answer]
    result: Callable[[Register, Poll, bool], Message]
    outcome: Callable[[Poll], str]


KINDS: Mapping[PollKind, AskedKind] = {
    PollKind.NAMING: AskedKind(naming.wording, naming.form, naming.answer, naming.result, naming.outcome),
    PollKind.PULSE: AskedKind(pulse.wording, pulse.form, pulse.answer, pulse.result, pulse.outcome),
    PollKind.SCORE: AskedKind(score.wording, score.form, score.answer, score.result, score.outcome),
}
