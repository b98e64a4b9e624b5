import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.alerts.values import Alert, AlertState, Reason
from planning.errors import AlreadyDone, FieldError, NotAllowed
from planning.findings.facts import SharedThings
from planning.findings.settling import Said, decide, undo
from planning.findings.values import Choice, Finding, Kind, State
from planning.findings.waking import wake
from planning.initiatives.registering import register_initiative
from planning.outbox.values import Address, Message, MessageKind
from planning.workspace.values import Role
from tests.builders import NOW, at, draft, lead, person, vector

ADA, BO = lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")


@pytest.fixture
def overlap(company: SqlRegisters) -> int:
    """The id of an overlap between departments 1 and 2."""
    with company.writing() as register:
        register_initiative(register, draft(stages=(1,)), vector(1), {}, ADA, NOW)
    with company.writing() as register:
        register_initiative(register, draft(department=2, stages=(1,)), vector(1), {}, BO, NOW)
        return register.findings.standing(Kind.OVERLAP)[0].id


def decided(company: SqlRegisters, overlap: int, choice: Choice = Choice.COORDINATE) -> Finding:
    with company.writing() as register:
        return decide(register, overlap, choice, ADA, NOW).finding


@pytest.mark.parametrize(
    ("choice", "state"),
    [
        (Choice.PLAN, State.SETTLED),
        (Choice.COORDINATE, State.SETTLED),
        (Choice.DIFFERENT, State.DISMISSED),
        (Choice.SNOOZE, State.SNOOZED),
    ],
)
def test_a_verdict_settles_and_undo_opens_it_again(
    company: SqlRegisters, overlap: int, choice: Choice, state: State
) -> None:
    assert decided(company, overlap, choice).state(NOW) is state

    with company.writing() as register:
        assert undo(register, overlap, BO, at(hours=1)).state(NOW) is State.OPEN


def cards(database: Database) -> list[Message]:
    return [m for m in database.outbox("main").page(50).items if m.posting.kind is MessageKind.ALERT]


def test_a_snooze_lasts_a_week(company: SqlRegisters, overlap: int) -> None:
    snoozed = decided(company, overlap, Choice.SNOOZE)

    assert snoozed.state(NOW + timedelta(days=6, hours=23)) is State.SNOOZED
    assert snoozed.state(NOW + timedelta(days=7)) is State.OPEN


def test_when_a_snooze_ends_the_overlap_is_open_and_its_cards_ask_again(
    database: Database, company: SqlRegisters, overlap: int
) -> None:
    decided(company, overlap, Choice.SNOOZE)
    (before,) = cards(database)
    assert database.due_workspaces(at(6)) == []

    assert database.due_workspaces(at(7)) == [company.workspace]
    with company.writing() as register:
        assert (wake(register, at(7)), wake(register, at(7))) == (1, 0)

    with company.reading() as register:
        assert register.findings.by_id(overlap).verdict is None
    (after,) = (card for card in cards(database) if card.id == before.id)
    assert after.wanted > before.wanted


def news_of(database: Database, what: str) -> list[Message]:
    """What was said in the threads of cards."""
    told = database.outbox("main").page(50).items
    return [m for m in told if m.posting.kind is MessageKind.NEWS and m.posting.payload["what"] == what]


def test_who_comes_second_is_told_who_was_first_and_the_first_hears_of_the_second(
    database: Database, company: SqlRegisters, overlap: int
) -> None:
    decided(company, overlap, Choice.DIFFERENT)
    with company.writing() as register:
        register.alerts.add(alert(overlap, "U0ADA"))
        said = decide(register, overlap, Choice.PLAN, BO, NOW)

    assert said.late == "Ada Berg was faster: truly different since 1 March 2027. You can undo it on the card."
    assert said.finding.verdict is not None
    assert said.finding.verdict.choice is Choice.DIFFERENT
    (told,) = news_of(database, "late")
    assert (told.posting.follows, told.posting.payload["by"]) == (f"alert:{overlap}:person:U0ADA", BO.id)


def test_pressing_the_same_twice_says_nothing_more(database: Database, company: SqlRegisters, overlap: int) -> None:
    decided(company, overlap)
    with company.writing() as register:
        assert decide(register, overlap, Choice.COORDINATE, ADA, NOW).late == ""
    assert news_of(database, "late") == []


def test_the_other_leads_hear_of_a_verdict_in_the_threads_of_their_cards(
    database: Database, company: SqlRegisters, overlap: int
) -> None:
    with company.writing() as register:
        for slack_id in ("U0ADA", "U0BO"):
            register.alerts.add(alert(overlap, slack_id))
    decided(company, overlap)

    (told,) = news_of(database, "decided")
    assert told.posting.address == Address.person("U0BO")


def alert(finding: int, slack_id: str) -> Alert:
    """A card that is out."""
    return Alert(0, finding, Address.person(slack_id), Reason.LEADS, NOW, state=AlertState.CARD)


def test_who_is_not_concerned_is_told_whom_to_ask(company: SqlRegisters, overlap: int) -> None:
    with company.writing() as register, pytest.raises(NotAllowed, match="Ask Ada Berg or Bo Lind"):
        decide(register, overlap, Choice.PLAN, person(id=77, slack_id="U0EVE"), NOW)


def test_a_steward_may_decide_too(company: SqlRegisters, overlap: int) -> None:
    with company.writing() as register:
        steward = register.people.add("Sue", slack_id="U0SUE", roles=frozenset({Role.STEWARD}))
        assert decide(register, overlap, Choice.COORDINATE, steward, NOW).finding.verdict is not None


def test_a_dismissal_that_was_outgrown_leaves_nothing_to_undo(company: SqlRegisters, overlap: int) -> None:
    with company.writing() as register:
        dismissed = decide(register, overlap, Choice.DIFFERENT, ADA, NOW).finding
        more = SharedThings(what="segment", names=("Homes",))
        register.findings.save(replace(dismissed, found=replace(dismissed.found, facts=(more,))), NOW)

        with pytest.raises(AlreadyDone, match="nothing to undo"):
            undo(register, overlap, ADA, NOW)


def test_undoing_twice_says_that_it_is_open(company: SqlRegisters, overlap: int) -> None:
    with company.writing() as register, pytest.raises(AlreadyDone, match="nothing to undo"):
        undo(register, overlap, ADA, NOW)


@pytest.mark.parametrize("until", [NOW, at(367)], ids=["today", "in more than a year"])
def test_a_snooze_ends_after_today_and_within_a_year(company: SqlRegisters, overlap: int, until: datetime) -> None:
    with company.writing() as register, pytest.raises(FieldError, match="within a year"):
        decide(register, overlap, Choice.SNOOZE, ADA, NOW, until)


def test_two_who_press_opposite_verdicts_at_once_get_one_outcome_each_of_a_hundred_times(
    company: SqlRegisters, overlap: int
) -> None:
    opposite = {1: Choice.COORDINATE, 2: Choice.DIFFERENT}

    def press(id: int, start: threading.Barrier, told: dict[int, Said]) -> None:
        start.wait()
        with company.writing() as register:
            told[id] = decide(register, overlap, opposite[id], register.people.by_id(id), NOW)

    for _ in range(100):
        start, told = threading.Barrier(2), dict[int, Said]()
        pressing = [threading.Thread(target=press, args=(id, start, told)) for id in opposite]
        for thread in pressing:
            thread.start()
        for thread in pressing:
            thread.join()

        (first,) = (id for id in opposite if not told[id].late)
        assert {said.finding.verdict and said.finding.verdict.choice for said in told.values()} == {opposite[first]}
        with company.writing() as register:
            undo(register, overlap, ADA, NOW)
