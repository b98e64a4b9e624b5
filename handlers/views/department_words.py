"""What a department's digest tells, each thing in a line."""

from handlers.ids import COMMAND
from handlers.views.checkins import STANDING_WORDS
from handlers.views.coverage import listed
from handlers.views.finding_lists import waits
from planning.digests.department_values import (
    BusyPool,
    CheckedIn,
    DepartmentDigest,
    PlanLine,
    Trouble,
    Turn,
    WaitingOverlap,
)
from planning.findings.facts.base import amount, person_weeks
from planning.text import clip, counted, one_line
from planning.window import said

NAME, TITLE, SENTENCE, NOTE = 60, 90, 240, 200
REFERENCES, OTHERS, WHAT = 5, 3, 180


def quiet_words(digest: DepartmentDigest) -> str:
    """Said in place of everything when there is nothing to tell."""
    name = clip(digest.department, NAME)
    if not digest.live:
        return f"Nothing of {name} is registered yet, so there is nothing to tell. “{COMMAND} new” registers something."
    return f"A quiet week: nothing changed, nothing waits for {name}, and nothing begins or ends in two weeks."


def overlap_words(overlap: WaitingOverlap) -> str:
    """With whom, since when, and why."""
    whom = f"with {listed(overlap.others, OTHERS)}" if overlap.others else "within the department"
    since = f"{waits(overlap.days)}, since {said(overlap.since)}" if overlap.days else waits(overlap.days)
    return f"{listed(overlap.references, REFERENCES)} {whom}: {since}.\n{clip(overlap.sentence, SENTENCE)}"


def plan_words(plan: PlanLine) -> str:
    """What it is about, and what comes next."""
    return f"{clip(one_line(plan.what), WHAT)}\n{clip(plan.next, WHAT)}"


def trouble_words(trouble: Trouble) -> str:
    """How it stands, in its owner's words."""
    who = f" — {clip(trouble.who, NAME)}, {said(trouble.on)}" if trouble.who else f" — {said(trouble.on)}"
    note = f": {clip(one_line(trouble.note), NOTE)}" if trouble.note else ""
    return f"{STANDING_WORDS[trouble.standing]}: CX-{trouble.initiative} {_title(trouble.title)}{who}{note}"


def answers_words(asked: CheckedIn) -> str:
    """How many are on track, and of how many nothing is known."""
    fine = f"{counted(asked.on_track, 'initiative is', 'initiatives are')} on track."
    silent = counted(asked.unanswered, "initiative")
    whose = "The owner" if asked.unanswered == 1 else "The owners"
    unknown = f"{whose} of {silent} {'has' if asked.unanswered == 1 else 'have'} not answered yet."
    return " ".join([*([fine] if asked.on_track else []), unknown if asked.unanswered else "All have answered."])


def turn_words(turn: Turn) -> str:
    """When it begins or ends, and whose it is."""
    owner = f" ({clip(turn.owner, NAME)})" if turn.owner else ""
    how = "begins" if turn.begins else "ends"
    return f"CX-{turn.initiative} {_title(turn.title)}{owner} {how} on {said(turn.on)}"


def pool_words(busy: BusyPool) -> str:
    """How full its busiest week is."""
    of = f"{amount(busy.asked)} of {person_weeks(busy.available)} asked for"
    return f"{clip(busy.name, NAME)}: {of} in the week of {said(busy.monday)}"


def _title(title: str) -> str:
    return clip(one_line(title), TITLE)
