import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from db.registers import SqlRegisters
from planning.claims.claiming import HANDED_BACK, RAISED, claim_of, hand_back, held, raise_hand, release
from planning.claims.values import Claim, Claimable
from planning.errors import AlreadyDone, NotAllowed, NotFound
from planning.findings.refreshing import refresh
from planning.findings.values import Finding, Member, Rule, Subject
from planning.register import Register
from planning.workspace.values import Person
from tests.builders import NOW, at, draft, found, hand_off, lead, person, problem, steward, vector

ADA, BO = lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")
MARY = person(id=3, name="Mary Major", slack_id="U0MARY")
THINGS = tuple(Claim(kind, 1) for kind in Claimable)


@pytest.fixture
def things(company: SqlRegisters) -> SqlRegisters:
    """The first of each kind belongs to nobody; the gap is a stage without work. Mary is no lead."""
    with company.writing() as register:
        register.people.add(MARY.name, slack_id=MARY.slack_id)
        register.journeys.add_hand_off(hand_off())
        register.problems.add(problem())
        member = Member(Subject.STAGE, 3)
        register.findings.add(found(rule=Rule.STAGE_WITHOUT_WORK, members=(member,)), NOW)
    return company


def entries(register: Register) -> list[tuple[str, str, int | None]]:
    """What is on record of hands."""
    return [(one.verb, one.subject, one.actor) for one in register.audit.since(None) if one.verb.startswith("hand.")]


@pytest.mark.parametrize("claim", THINGS, ids=str)
def test_anybody_may_raise_a_hand_and_hand_back_and_both_are_on_record(things: SqlRegisters, claim: Claim) -> None:
    with things.writing() as register:
        assert raise_hand(register, claim, MARY, NOW).owner == 3
    with things.writing() as register:
        assert held(register, claim, NOW).owner == 3
        assert hand_back(register, claim, MARY, at(1)).owner is None
    with things.reading() as register:
        assert held(register, claim, NOW).owner is None
        assert entries(register) == [(RAISED, str(claim), 3), (HANDED_BACK, str(claim), 3)]


@pytest.mark.parametrize("claim", THINGS, ids=str)
def test_who_is_second_is_told_who_was_first(things: SqlRegisters, claim: Claim) -> None:
    with things.writing() as register:
        raise_hand(register, claim, ADA, NOW)
        with pytest.raises(AlreadyDone, match="Ada Berg looks after the "):
            raise_hand(register, claim, BO, NOW)
        assert held(register, claim, NOW).owner == 1


@pytest.mark.parametrize("deed", [raise_hand, hand_back])
def test_doing_it_twice_is_doing_it_once(things: SqlRegisters, deed: Callable[..., Any]) -> None:
    with things.writing() as register:
        raise_hand(register, THINGS[0], ADA, NOW)
        assert deed(register, THINGS[0], ADA, NOW) == deed(register, THINGS[0], ADA, NOW)

        assert [verb for verb, *_ in entries(register)] == [RAISED, HANDED_BACK][: 1 + (deed is hand_back)]


@pytest.mark.parametrize("other", [BO, steward(id=3)], ids=["lead", "steward"])
def test_only_who_has_it_hands_it_back(things: SqlRegisters, other: Person) -> None:
    with things.writing() as register:
        raise_hand(register, THINGS[0], ADA, NOW)
        with pytest.raises(NotAllowed, match="Ada Berg looks after it"):
            hand_back(register, THINGS[0], other, NOW)


@pytest.mark.parametrize("claim", THINGS, ids=str)
def test_a_steward_releases_whom_the_screen_named_and_nobody_else(things: SqlRegisters, claim: Claim) -> None:
    with things.writing() as register:
        raise_hand(register, claim, BO, NOW)
        with pytest.raises(AlreadyDone, match="meanwhile Bo Lind looks after it"):
            release(register, claim, ADA.id, steward(id=3), NOW)
        with pytest.raises(NotAllowed):
            release(register, claim, BO.id, ADA, NOW)

        assert release(register, claim, BO.id, steward(id=3), NOW).owner is None
        assert release(register, claim, BO.id, steward(id=3), NOW).owner is None
        assert entries(register) == [(RAISED, str(claim), 2), (HANDED_BACK, str(claim), 3)]
        entry = register.audit.last((str(claim),))
        assert entry is not None
        assert entry.details["owner"] == BO.id


def test_claiming_a_stage_makes_accountable_and_closes_the_gap_until_it_is_handed_back(things: SqlRegisters) -> None:
    with things.writing() as register:
        refresh(register, NOW)
        (gap,) = without_owner(register, 1)
        raise_hand(register, claim_of(gap), MARY, at(1))
        assert register.journeys.current().stages[0].owner == MARY.id
        assert without_owner(register, 1) == []

        hand_back(register, claim_of(gap), MARY, at(2))
        assert [one.id for one in without_owner(register, 1)] == [gap.id]


def test_a_gap_keeps_its_owner_while_it_is_closed_and_has_none_when_it_is_opened_anew(things: SqlRegisters) -> None:
    with things.writing() as register:
        register.initiatives.add(draft(serves=1), vector(), NOW)
        refresh(register, NOW)
        gap = next(one for one in register.findings.standing() if one.found.rule is Rule.PROBLEM_FIX_INCOMPLETE)
        raise_hand(register, claim_of(gap), ADA, NOW)
        refresh(register, at(1))
        assert register.findings.by_id(gap.id).owner == 1

        close(register, gap)
        assert register.findings.by_id(gap.id).owner == 1
        with pytest.raises(AlreadyDone, match="closed by itself"):
            raise_hand(register, claim_of(gap), BO, at(2))

        refresh(register, at(3))
        assert (register.findings.by_id(gap.id).closed_at, register.findings.by_id(gap.id).owner) == (None, None)


def test_what_is_gone_or_is_no_gap_cannot_be_claimed(things: SqlRegisters) -> None:
    with things.writing() as register:
        for n in (1, 2):
            register.initiatives.add(draft(department=n), vector(n), NOW)
        overlap = register.findings.add(found(), NOW)
        with pytest.raises(NotFound, match="This is an overlap"):
            raise_hand(register, Claim(Claimable.GAP, overlap.id), ADA, NOW)
        register.journeys.retire_stage(1)
        for claim in (THINGS[0], Claim(Claimable.HAND_OFF, 1), Claim(Claimable.PROBLEM, 9), Claim(Claimable.GAP, 99)):
            with pytest.raises(NotFound, match="removed meanwhile"):
                raise_hand(register, claim, ADA, NOW)


def without_owner(register: Register, stage: int) -> list[Finding]:
    member = Member(Subject.STAGE, stage)
    standing = (one for one in register.findings.standing() if one.found.members == (member,))
    return [one for one in standing if one.found.rule is Rule.STAGE_WITHOUT_OWNER]


def close(register: Register, gap: Finding) -> None:
    """Close it as a pass does when its cause has gone."""
    register.findings.save(replace(register.findings.by_id(gap.id), closed_at=at(2)), at(2))


def test_of_two_who_raise_a_hand_at_once_one_has_it(things: SqlRegisters) -> None:
    told: list[int | str | None] = []

    def press(actor: Person) -> None:
        try:
            with things.writing() as register:
                told.append(raise_hand(register, THINGS[2], actor, NOW).owner)
        except AlreadyDone as refusal:
            told.append(str(refusal).partition(" looks after ")[0])

    pressing = [threading.Thread(target=press, args=(actor,)) for actor in (ADA, BO)]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()

    names = {1: "Ada Berg", 2: "Bo Lind"}
    (first,) = (one for one in told if isinstance(one, int))
    assert sorted(map(str, told)) == sorted((str(first), names[first]))
