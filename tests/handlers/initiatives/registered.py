"""Initiatives on record, for tests."""

from typing import Any

from planning.initiatives.registering import register_initiative
from planning.initiatives.values import Initiative
from planning.similarity import text_of
from tests.builders import NOW, draft
from tests.handlers.slack import Desk


def registered(desk: Desk, **fields: Any) -> Initiative:
    """One of the person's department and own."""
    one = draft(**{"department": desk.actor.department, **fields})
    vector = desk.encoder.encode([text_of(one.title, one.problem)])[0]
    with desk.registers.writing() as register:
        return register_initiative(register, one, vector, {}, desk.actor, NOW)


def on_record(desk: Desk, id: int = 1) -> Initiative:
    """What the register holds."""
    with desk.registers.reading() as register:
        return register.initiatives.by_id(id)
