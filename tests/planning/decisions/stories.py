"""A company whose executives are asked to decide the overlap of CX-1 and CX-2, for the tests of this folder."""

from dataclasses import replace
from datetime import timedelta

from db.registers import SqlRegister
from planning.decisions.escalating import ask_executives
from planning.decisions.values import Decision
from planning.proposals.asking import Progress
from planning.proposals.values import Proposed
from planning.workspace.values import Person, Role
from tests.builders import NOW, TODAY, draft, found, lead, vector
from tests.proposed import moved, proposed

ADA, BO = lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")
LATER = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=81)}
"""The days of CX-1 as the proposal of `tests.proposed` found them."""


def executive(register: SqlRegister, name: str = "Edda") -> Person:
    """Somebody who may decide."""
    return register.people.add(name, slack_id=f"U0{name.upper()}", roles=frozenset({Role.EXECUTIVE}))


def asked(register: SqlRegister, best: Proposed | None = None) -> Decision:
    """The executives are asked; with `best` its proposal is computed."""
    for number in (1, 2):
        register.initiatives.add(draft(department=number, owner=number, **LATER), vector(number), NOW)
    decision = ask_executives(register, register.findings.add(found(), NOW), NOW)
    if best is not None and decision.proposal is not None:
        waiting = register.proposals.by_id(decision.proposal)
        register.proposals.save(replace(waiting, progress=Progress.DONE, best=best, done_at=NOW))
    return decision


def two_weeks_later() -> Proposed:
    """CX-1 begins two weeks later, and nothing collides any more."""
    return proposed(changes=(moved(),))
