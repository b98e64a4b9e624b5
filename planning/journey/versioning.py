"""What every change of the journey ends with: a version on record; of a steward's, findings and alerts brought up."""

from collections.abc import Sequence
from datetime import datetime

from planning.agreement.following import follow_journey
from planning.audit.values import Entry
from planning.findings.detecting import detect
from planning.findings.queueing import Change
from planning.journey.telling import told_of
from planning.journey.values import Journey
from planning.journey.versions import SavedJourney, SavedStage
from planning.register import Register
from planning.workspace.values import Person


def put_on_record(
    register: Register, before: Journey, entry: Entry, actor: Person, now: datetime, moved: Sequence[str] = ()
) -> Journey:
    """The journey as it is now; `before` is what it was, `moved` what the change did to what is registered."""
    after = keep_version(register, before, actor, now, moved)
    register.audit.add(entry)
    detect(register, Change(None, actor.id), now)
    return after


def keep_version(
    register: Register, before: Journey, actor: Person | None, now: datetime, moved: Sequence[str] = ()
) -> Journey:
    """The journey as it is now, on record with what was changed; for those who look for what follows themselves."""
    after = register.journeys.current()
    told = (*told_of(before, after), *moved)
    if told:
        ordered = sorted(after.stages, key=lambda stage: stage.position)
        stages = tuple(SavedStage(id=one.id, name=one.name, definition=one.definition) for one in ordered)
        last = sum(one.version for one in register.journeys.versions(1))
        by = actor.id if actor else None
        register.journeys.keep_version(SavedJourney(version=last + 1, at=now, by=by, stages=stages, told=told))
        follow_journey(register, now)
    return after
