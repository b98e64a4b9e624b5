"""What is shown of a schedule that sends no digest: whom it would ask, what is lacking, what it did last."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from handlers.views.agreement.words import moment
from handlers.views.names import joined
from handlers.views.text import Part, bold, bullets, context, line, paragraph, rich
from planning.checkins.asking import Asked
from planning.initiatives.values import Initiative
from planning.schedules.values import Occurrence
from planning.text import clip, counted

PEOPLE_SHOWN, NAME_SHOWN, OWN_SHOWN, TITLE_SHOWN = 20, 60, 5, 120
NO_LIST = "Nothing needs you now, so no list would come."


def asked_blocks(asked: Sequence[Asked]) -> list[Block]:
    """Whom a check-in would ask, and of what."""
    if not asked:
        return [paragraph("It would ask nobody: no initiative that is under way has an owner who can be asked now.")]
    initiatives = sum(len(one.initiatives) for one in asked)
    opening = f"It would ask {counted(len(asked), 'person', 'people')} how {counted(initiatives, 'initiative')} stand."
    rows: list[Sequence[Part]] = [
        (f"{clip(one.person.name, NAME_SHOWN)}: {joined(_references(one), most=OWN_SHOWN)}",)
        for one in asked[:PEOPLE_SHOWN]
    ]
    hidden = len(asked) - len(rows)
    more: list[Block] = [context(f"…and {hidden} more")] if hidden > 0 else []
    return [rich(line(opening), bullets(rows)), *more]


def _references(asked: Asked) -> list[str]:
    return [one.reference for one in asked.initiatives]


def pulse_blocks(hindrance: str, people: int, about: Sequence[Initiative]) -> list[Block]:
    """Whether a pulse would begin, with whom and about what; or why not."""
    if hindrance:
        return [paragraph(bold("It would not begin. "), hindrance)]
    rows: list[Sequence[Part]] = [(f"CX-{one.id} {clip(one.draft.title, TITLE_SHOWN)}",) for one in about]
    return [rich(line(f"It would ask {counted(people, 'person', 'people')} on which stage these are:"), bullets(rows))]


def night_blocks(last: Occurrence | None, zone: str) -> list[Block]:
    """What the last nightly pass changed."""
    if last is None:
        return [paragraph("It has not run yet.")]
    content = last.content or {}
    told = [f"{content.get(name, 0)} {name}" for name in ("opened", "updated", "reopened", "closed")]
    when = moment(last.claimed_at, zone)
    return [
        paragraph(f"It ran last on {when}. Overlaps and gaps that it changed: {', '.join(told)}."),
        context("What it would find now is what “/cx overlaps” and “/cx gaps” show: they are kept up to date all day."),
    ]


def decisions_blocks(due: int) -> list[Block]:
    """How many decisions it would put before the executives."""
    if not due:
        return [paragraph("Nothing that leads left open is due for a decision of the executives.")]
    return [paragraph(f"It would put {counted(due, 'decision')} before the executives.")]
