"""The journey in the database."""

from dataclasses import replace

import pytest

from db.registers import SqlRegisters
from planning.errors import FieldError, NotFound
from planning.journey.values import Journey, Segment, Stage, Touchpoint
from tests.builders import stage


def test_a_journey_comes_back_in_order(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        ada = register.people.add("Ada").id
        use = register.journeys.add_stage(Stage(9, "Use", 2, "d", "g", "i", weight=5, owner=ada))
        join = register.journeys.add_stage(stage(id=9, name="Join", position=1))
        everybody = register.journeys.add_segment("Everybody")
        private = register.journeys.add_segment("Private", everybody.id)
        email = register.journeys.add_touchpoint("Email")

    with registers.reading() as register:
        journey = register.journeys.current()
    assert journey == Journey(journey.version, (join, use), (everybody, private), (email,))
    assert (use.id, join.id, use.owner) == (1, 2, ada)
    assert (everybody, private, email) == (Segment(1, "Everybody"), Segment(2, "Private", 1), Touchpoint(1, "Email"))


def test_each_change_makes_a_new_version(registers: SqlRegisters) -> None:
    versions = []
    with registers.writing() as register:
        journeys = register.journeys
        for change in (
            lambda: None,
            lambda: journeys.add_stage(stage()),
            lambda: journeys.save_stage(stage(id=1, definition="Otherwise.")),
            lambda: journeys.retire_stage(1),
            lambda: journeys.add_segment("Private"),
            lambda: journeys.add_touchpoint("Email"),
        ):
            change()
            versions.append(journeys.current().version)

    assert versions == [1, 2, 3, 4, 5, 6]


def test_a_retired_stage_leaves_its_name_to_others(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        first = register.journeys.add_stage(stage(name="Join"))
        register.journeys.retire_stage(first.id)
        second = register.journeys.add_stage(stage(name="Join"))
        register.journeys.retire_stage(second.id)
        third = register.journeys.add_stage(stage(name="Join"))

    with registers.reading() as register:
        assert register.journeys.current().stages == (third,)


def test_a_name_is_given_once(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        join, use = (register.journeys.add_stage(stage(name=name)) for name in ("Join", "Use"))
        register.journeys.add_segment("Private")
        register.journeys.add_touchpoint("Email")
        register.journeys.save_stage(replace(join, weight=1))
        for again in (
            lambda: register.journeys.add_stage(stage(name="Join")),
            lambda: register.journeys.save_stage(replace(use, name="Join")),
            lambda: register.journeys.add_segment("Private"),
            lambda: register.journeys.add_touchpoint("Email"),
        ):
            with pytest.raises(FieldError, match="another name") as refusal:
                again()
            assert list(refusal.value.errors) == ["name"]


def test_an_unknown_stage_says_so(registers: SqlRegisters) -> None:
    with registers.writing() as register, pytest.raises(NotFound):
        register.journeys.retire_stage(1)
