"""The journey in the database."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from db.database import Database
from db.registers import SqlRegisters
from planning.errors import FieldError, NotFound
from planning.findings.values import Member, Rule, Subject, members
from planning.initiatives.values import Status
from planning.journey.values import HandOff, Journey, Segment, Stage, Touchpoint
from tests.builders import NOW, at, contact, draft, found, hand_off, metric, saved_journey, stage, vector


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
            lambda: journeys.add_stage(stage(name="Use")),
            lambda: journeys.add_stage(stage(name="Renew")),
            lambda: journeys.add_hand_off(HandOff(9, 2, 3)),
            lambda: journeys.save_hand_off(HandOff(1, 3, 2)),
            lambda: journeys.add_touchpoint("Email"),
            lambda: journeys.save_segment(Segment(1, "Families")),
            lambda: journeys.save_touchpoint(Touchpoint(1, "App")),
            lambda: journeys.remove_segment(1),
            lambda: journeys.remove_touchpoint(1),
        ):
            change()
            versions.append(journeys.current().version)

    assert versions == [*range(1, 15)]


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
        families, app = register.journeys.add_segment("Families"), register.journeys.add_touchpoint("App")
        for again in (
            lambda: register.journeys.add_stage(stage(name="Join")),
            lambda: register.journeys.save_stage(replace(use, name="Join")),
            lambda: register.journeys.add_segment("Private"),
            lambda: register.journeys.add_touchpoint("Email"),
            lambda: register.journeys.save_segment(replace(families, name="Private")),
            lambda: register.journeys.save_touchpoint(replace(app, name="Email")),
        ):
            with pytest.raises(FieldError, match="another name") as refusal:
                again()
            assert list(refusal.value.errors) == ["name"]


def test_segments_and_touchpoints_change_and_go(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        journeys = register.journeys
        everybody, families = journeys.add_segment("Everybody"), journeys.add_segment("Families")
        email, _ = journeys.add_touchpoint("Email"), journeys.add_touchpoint("Fax")
        journeys.save_segment(Segment(families.id, "Households", everybody.id, weight=5, weekly_contacts=1))
        journeys.save_touchpoint(replace(email, name="E-mail"))
        journeys.remove_touchpoint(2)
    with registers.reading() as register:
        journey = register.journeys.current()
    assert journey.segments == (everybody, Segment(2, "Households", 1, weight=5, weekly_contacts=1))
    assert journey.touchpoints == (Touchpoint(1, "E-mail"),)

    with registers.writing() as register:
        register.journeys.remove_segment(2)
        register.journeys.remove_segment(1)
        assert register.journeys.current().segments == ()


def test_hand_offs_come_back_as_saved_but_for_those_of_retired_stages(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.metrics.add(metric())
        first = register.journeys.add_hand_off(hand_off())
        second = register.journeys.add_hand_off(hand_off(before=2, after=3))
        whole = replace(first, before=3, after=1, giver=None, receiver=1, metric=1)
        register.journeys.save_hand_off(whole)
        assert register.journeys.current().hand_offs == (whole, second)
        register.journeys.retire_stage(2)

    with company.reading() as register:
        assert register.journeys.current().hand_offs == (whole,)


def test_there_is_one_hand_off_from_a_stage_to_another(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.journeys.add_hand_off(hand_off())
        back = register.journeys.add_hand_off(hand_off(before=2, after=1))
        register.journeys.save_hand_off(replace(back, giver=None))
        for change in (register.journeys.add_hand_off, register.journeys.save_hand_off):
            with pytest.raises(FieldError, match="already a hand-off") as refusal:
                change(replace(back, before=1, after=2))
            assert list(refusal.value.errors) == ["after"]


def test_with_a_segment_go_the_findings_about_it(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.journeys.add_segment("Families")
        for segment, initiative in ((1, 1), (2, 2)):
            register.initiatives.add(draft(), vector(initiative), NOW)
            about = members([initiative], Member(Subject.SEGMENT, segment))
            register.findings.add(found(rule=Rule.CONTACT_CROWDING, members=about), NOW)
        register.journeys.remove_segment(2)

    with company.reading() as register:
        assert [finding.id for finding in register.findings.standing()] == [1]
    with company.writing() as register, pytest.raises(NotFound):
        register.findings.by_id(2, lock=True)


def test_what_something_refers_to_does_not_go(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.initiatives.add(draft(segments=(1,), touchpoints=(1,)), vector(), NOW)
    for name in ("remove_segment", "remove_touchpoint"):
        with pytest.raises(IntegrityError), company.writing() as register:
            getattr(register.journeys, name)(1)


def test_users_are_initiatives_that_name_it_or_contact_by_it_each_once(
    company: SqlRegisters, database: Database
) -> None:
    with company.writing() as register:
        journeys = register.journeys
        journeys.add_segment("Families")
        journeys.add_segment("Nobody")
        register.initiatives.add(draft(segments=(1, 2), touchpoints=(1,), contacts=(contact(),) * 2), vector(), NOW)
        register.initiatives.add(draft(contacts=(contact(),), status=Status.DONE), vector(), NOW)
    other = database.registers(database.ensure_workspace("other").id)

    with company.reading() as register:
        assert register.journeys.segment_users() == {1: [1, 2], 2: [1]}
        assert register.journeys.touchpoint_users() == {1: [1, 2]}
    with other.reading() as register:
        assert (register.journeys.segment_users(), register.journeys.touchpoint_users()) == ({}, {})


def test_what_is_not_there_says_so(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        journeys = register.journeys
        with pytest.raises(NotFound):
            journeys.save_hand_off(hand_off())
        for change in (journeys.retire_stage, journeys.remove_segment, journeys.remove_touchpoint):
            with pytest.raises(NotFound):
                change(1)


def test_versions_come_back_the_newest_first_and_each_number_once(registers: SqlRegisters, database: Database) -> None:
    first, second = (saved_journey(version=n, at=at(n), by=None, told=("営 <!here>", f"{n}")) for n in (1, 2))
    with registers.writing() as register:
        for one in (first, second, saved_journey(version=2, by=None, told=())):
            register.journeys.keep_version(one)
    other = database.registers(database.ensure_workspace("other").id)

    with registers.reading() as register:
        assert register.journeys.versions(9) == [saved_journey(version=2, by=None, told=()), first]
        assert len(register.journeys.versions(1)) == 1
    with other.reading() as register:
        assert register.journeys.versions(9) == []


def test_a_hand_off_goes_with_the_findings_about_it(company: SqlRegisters) -> None:
    with company.writing() as register:
        one = register.journeys.add_hand_off(hand_off())
        about = found(rule=Rule.BARE_HAND_OFF, members=(Member(Subject.HAND_OFF, one.id),))
        register.findings.add_all([about], NOW)
        register.journeys.remove_hand_off(one.id)

        assert (register.findings.standing(), register.journeys.current().hand_offs) == ([], ())
        with pytest.raises(NotFound):
            register.journeys.remove_hand_off(one.id)
