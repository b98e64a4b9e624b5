"""What every change of the journey ends with: a version on record, an audit entry, findings and alerts brought up."""

from collections.abc import Sequence
from datetime import datetime

from planning.agreement.consulting import redraw_cards
from planning.alerts.announcing import announce
from planning.audit.values import Entry
from planning.findings.refreshing import refresh
from planning.journey.telling import told_of
from planning.journey.values import Journey
from planning.journey.versions import SavedJourney, SavedStage
from planning.register import Register
from planning.workspace.values import Person


def put_on_record(
    register: Register, before: Journey, entry: Entry, actor: Person, now: datetime, moved: Sequence[str] = ()
) -> Journey:
    """The journey as it is now; `before` is what it was, `moved` what the change did to what is registered."""
    after = register.journeys.current()
    told = (*told_of(before, after), *moved)
    if told:
        register.journeys.keep_version(saved(after, actor, now, told))
    register.audit.add(entry)
    redraw_cards(register)
    announce(register, refresh(register, now), actor, now)
    return after


def saved(journey: Journey, actor: Person, now: datetime, told: Sequence[str]) -> SavedJourney:
    """The journey as a version on record."""
    ordered = sorted(journey.stages, key=lambda stage: stage.position)
    stages = tuple(SavedStage(id=one.id, name=one.name, definition=one.definition) for one in ordered)
    return SavedJourney(version=journey.version, at=now, by=actor.id, stages=stages, told=tuple(told))
