from dataclasses import replace
from datetime import UTC, datetime

from handlers.views.agreement.forms import answer_form
from handlers.views.agreement.questions import question_message
from handlers.views.agreement.rounds import Progress
from handlers.views.agreement.score import (
    answer_fields,
    score_form,
    score_outcome,
    score_result,
    score_section,
    score_wording,
)
from handlers.views.text import Message
from planning.agreement.answers import SaidScore
from planning.agreement.results import MeasureNamed, ScoreResult
from planning.agreement.values import PollKind
from tests.asked import invitation, poll
from tests.builders import NOW, stage
from tests.handlers.slack import drawn
from tests.handlers.views.limits import LONG, accepted, words

NAME = LONG[:80]
MEASURES = tuple(
    MeasureNamed(name=NAME, support=99, targets=tuple(n / 7 * 1e6 for n in range(99)), unit=LONG[:30])
    for _ in range(50)
)
FULL = ScoreResult(stage=1, name=NAME, asked=99, answered=99, measures=MEASURES)
CLOSED = poll(kind=PollKind.SCORE, about=(1,), closed_at=NOW, next_at=None, result=FULL)


def test_one_answer_is_too_few_to_compare() -> None:
    alone = FULL.model_copy(update={"answered": 1, "measures": ()})

    assert "Too few answered to compare." in words(score_result(CLOSED, alone, "UTC"))
    assert score_outcome(alone) == "1 of 99 people answered. Too few answered to compare."


def test_two_who_are_asked_know_that_each_can_tell_what_the_other_said() -> None:
    two = words(question_message(score_wording("Use", 2), poll(), invitation(), "UTC"))

    assert "each can tell from the result what the other one said" in two
    assert "nobody ever sees" not in two


def test_the_day_of_a_result_is_the_workspace_s() -> None:
    evening = replace(CLOSED, closed_at=datetime(2027, 3, 9, 1, 0, tzinfo=UTC))

    assert "until 8 March 2027" in words(score_result(evening, FULL, "America/Los_Angeles"))


def test_the_largest_of_each_fits() -> None:
    stages = [stage(id=n, name=f"{n}{NAME}", position=n) for n in range(1, 21)]
    going = [(NAME, Progress(CLOSED, ((NAME, 3),) * 50, 9), True)] * 20
    going = [(name, Progress(poll(id=n), progress.asked, 9), True) for n, (name, progress, _) in enumerate(going, 1)]
    section = score_section([FULL] * 20, going, stages, "UTC", reader=True)
    earlier = SaidScore(measure=NAME, target=1e15, unit=LONG[:30])

    accepted(score_result(CLOSED, FULL, "UTC"))
    accepted(Message("Score", section.blocks))
    assert drawn(score_form(stages[0], [LONG] * 50))
    assert drawn(
        answer_form(score_wording(LONG, 99), 1, answer_fields([(str(n), f"{n}{NAME}") for n in range(300)], earlier))
    )
