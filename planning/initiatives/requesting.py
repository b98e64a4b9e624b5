"""An initiative that a workflow registers for its owner: nobody is there to be asked anything again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from planning.audit.values import Entry
from planning.errors import NotAllowed, NotFound
from planning.initiatives.registering import SLACK, register_initiative
from planning.initiatives.values import Draft, Initiative
from planning.journey.values import Journey
from planning.register import Register
from planning.similarity import Floats
from planning.text import NAME_MAX, clip, one_line
from planning.workspace.values import Person

TOLD_MAX = 2000
"""As much of the stages' names is told in a refusal."""
_LINES, _COMMAS = re.compile(r"[;\n]"), re.compile(r",")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a step was given; `key` is of this run of it, and the same when Slack tells of it again."""

    title: str
    problem: str
    stages: str
    key: str


def register_requested(register: Register, wish: Wish, vector: Floats, owner: Person, now: datetime) -> Initiative:
    """Register it as the owner would, overlaps and alerts included; told again, it is the one that was registered."""
    made = register.initiatives.by_source(SLACK, wish.key)
    if made is not None:
        return made
    department = _department_of(register.people.by_id(owner.id))
    stages = stages_named(wish.stages, register.journeys.current())
    draft = Draft(wish.title, wish.problem, department, owner.id, stages=stages)
    initiative = register_initiative(register, draft, vector, {}, owner, now, wish.key)
    # In the owner's name, but not by the owner's hand: who looks into it must see that.
    register.audit.add(Entry(now, "initiative.by_workflow", f"initiative:{initiative.id}", None, {"run": wish.key}))
    return initiative


def stages_named(text: str, journey: Journey) -> tuple[int, ...]:
    """The stages that a text names or numbers, with commas, semicolons or line breaks between; raises for others."""
    known = {name.casefold(): id for id, name in journey.stage_names().items()}
    known |= {str(id): id for id in known.values() if str(id) not in known}
    said = list(_pieces(text, known))
    if unknown := next((piece for piece in said if piece.casefold() not in known), None):
        names = ", ".join(journey.stage_names().values()) or "none yet"
        raise NotFound(f"There is no stage “{clip(unknown, NAME_MAX)}”. The stages are: {clip(names, TOLD_MAX)}.")
    return tuple(dict.fromkeys(known[piece.casefold()] for piece in said))


def _pieces(text: str, known: dict[str, int]) -> Iterator[str]:
    """Names of stages; one that has commas of its own stays whole."""
    for line in filter(None, map(one_line, _LINES.split(text))):
        yield from [line] if line.casefold() in known else filter(None, map(one_line, _COMMAS.split(line)))


def _department_of(owner: Person) -> int:
    if owner.left_at is not None:
        raise NotAllowed(f"The account of {owner.name} is switched off, so it can own nothing. Name somebody else.")
    if owner.department is None:
        raise NotAllowed(
            f"{owner.name} is in no department yet. They choose theirs the first time that they use “/cx new”, or a "
            "steward names it with “/cx setup”. Then start the workflow again."
        )
    return owner.department
