from dataclasses import replace
from datetime import UTC, datetime

from handlers.views.agreement.forms import answer_form
from handlers.views.agreement.pulse import WORDING, next_step, pulse_form, pulse_result, pulse_section, tag_fields
from handlers.views.agreement.rounds import Progress
from handlers.views.names import Names
from handlers.views.text import Message
from planning.agreement.results import Confusion, Index, PulseResult
from planning.agreement.values import PollKind
from tests.asked import poll
from tests.builders import NOW, initiative
from tests.handlers.slack import drawn
from tests.handlers.views.limits import LONG, accepted, words

NAME = LONG[:80]
INDEX = Index(value=-0.12, low=-0.3, high=0.1, people=200)
CONFUSED = Confusion(first=NAME, second=NAME, pairs=999, of=9999)
FULL = PulseResult(
    asked=200, answered=200, initiatives=("CX-1", "CX-2", "CX-3"), alpha=INDEX, confused=CONFUSED, left_out=7
)
ABOUT = tuple(initiative(id, title=LONG, problem=LONG) for id in (1, 2, 3))
CLOSED = poll(kind=PollKind.PULSE, closed_at=NOW, next_at=None, result=FULL)


def test_the_result_says_how_it_was_before_and_what_does_not_count() -> None:
    told = words(pulse_result(CLOSED, FULL, ABOUT, [FULL, FULL.model_copy(update={"alpha": None})], "UTC"))

    assert "Krippendorff’s alpha: −0.12 (−0.30 to 0.10): people hardly agree more than by chance." in told
    assert "Before that: −0.12." in told
    assert "7 answers name a stage that was taken out meanwhile; that does not count." in told


def test_the_day_of_a_result_is_the_workspace_s() -> None:
    evening = replace(CLOSED, closed_at=datetime(2027, 3, 9, 1, 0, tzinfo=UTC))

    assert "until 8 March 2027" in words(pulse_result(evening, FULL, ABOUT, [], "America/Los_Angeles"))


def test_too_few_answers_ask_for_more() -> None:
    assert "Ask again" in next_step(FULL.model_copy(update={"alpha": None, "confused": None}))


def test_the_largest_of_each_fits() -> None:
    names = Names({1: LONG}, {}, {}, {}, {})
    stages = [(str(n), f"{n}{NAME}") for n in range(1, 21)]
    section = pulse_section([CLOSED] * 5, Progress(CLOSED, ((NAME, 3),) * 50, 9), "UTC", reader=True, steward=True)

    accepted(pulse_result(CLOSED, FULL, ABOUT, [FULL] * 8, "UTC"))
    accepted(Message("Pulse", section.blocks))
    assert drawn(answer_form(WORDING, 1, tag_fields(ABOUT, stages, {1: 1}, names)))
    assert drawn(pulse_form(3))
