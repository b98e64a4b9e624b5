"""How each rule of overlaps does: what the leads said of its findings, how sure that makes it, and when it tells."""

from collections.abc import Mapping, Sequence

from handlers.views.rules import TITLES
from handlers.views.text import Message, Part, bold, bullets, escape_within, header, paragraph, rich
from planning.findings.learning import FIXED, Lesson
from planning.findings.values import Rule
from planning.overlaps.telling import DEFAULT_LEAST

TITLE = "How each rule does"
METHOD = (
    "An overlap's score is how likely its leads want to be told of it. “Truly different” says that they did not; "
    "“plan together”, “coordinate” and joining say that they did; a snooze says nothing. Every night the score from "
    "which a rule tells moves with that: from its default a little with each verdict, up with each dismissal, down "
    "with each yes. The range in brackets is where the true share lies with 95% confidence."
)


def lessons_message(lessons: Mapping[Rule, Lesson], in_force: Mapping[Rule, float]) -> Message:
    """Each rule with its verdicts, its precision and the score from which it tells; `in_force` where that has moved."""
    rows = [_row(rule, lesson, in_force) for rule, lesson in lessons.items() if rule in TITLES]
    spoken = " ".join("".join(part if isinstance(part, str) else str(part["text"]) for part in row) for row in rows)
    return Message(
        escape_within(f"{TITLE}. {spoken} {METHOD}"), [header(TITLE), rich(bullets(rows)), paragraph(METHOD)]
    )


def _row(rule: Rule, lesson: Lesson, in_force: Mapping[Rule, float]) -> Sequence[Part]:
    return (bold(f"{TITLES[rule]}: "), f"{_judged(lesson)} {_tells(rule, lesson, in_force)}")


def _judged(lesson: Lesson) -> str:
    if lesson.precision is None:
        return "nobody has judged one yet."
    worth = "was worth telling" if lesson.useful == 1 else "were worth telling"
    share = f"{lesson.precision:.0%} [{lesson.low:.0%} to {lesson.high:.0%}]"
    return f"{lesson.useful} of {lesson.judged} judged {worth}, {share}."


def _tells(rule: Rule, lesson: Lesson, in_force: Mapping[Rule, float]) -> str:
    if rule in FIXED:
        return "Always told."
    now, next_night = in_force.get(rule, DEFAULT_LEAST[rule]), lesson.least
    moves = f"; from tonight {next_night:.2f}" if round(now, 2) != round(next_night, 2) else ""
    return f"Told from a score of {now:.2f}{moves}."
