from datetime import datetime

from db.database import Database
from db.registers import SqlRegisters
from planning.alerts.news import A_DAY, news, news_of_change
from planning.outbox.values import MessageKind
from tests.builders import NOW, at
from tests.planning.alerts.overlapping import queued, tell_ada


def told(database: Database) -> list[object]:
    return [one.posting.payload["what"] for one in queued(database, MessageKind.NEWS)]


def change(company: SqlRegisters, ids: list[int], what: str, now: datetime = NOW) -> None:
    with company.writing() as register:
        for finding in register.findings.some(ids):
            news_of_change(register, finding, what, now)


def test_below_a_card_only_so_much_is_said_in_a_day_and_then_that_there_is_more(
    database: Database, company: SqlRegisters
) -> None:
    (id,) = tell_ada(company, 1)
    with company.writing() as register:
        for minute in range(2 * A_DAY):
            what = ("decided", "undone")[minute % 2]
            news(register, register.findings.by_id(id), what, at(hours=minute / 60), choice="coordinate", by=2)

    assert told(database) == ["decided", "undone", "decided", "undone", "decided", "more"]


def test_of_what_comes_by_itself_an_address_hears_only_so_much_in_a_day(
    database: Database, company: SqlRegisters
) -> None:
    ids = tell_ada(company, 3 * A_DAY)
    change(company, ids, "asked")
    assert told(database) == ["asked"] * (A_DAY - 1) + ["more"]

    change(company, ids, "woken", at(1))
    assert len(told(database)) == 2 * A_DAY


def test_the_same_of_one_overlap_is_said_once_a_day(database: Database, company: SqlRegisters) -> None:
    ids = tell_ada(company, 1)
    for hour in range(4):
        change(company, ids, "back", at(hours=hour))
    change(company, ids, "back", at(1))

    assert told(database) == ["back", "back"]


def test_what_happens_while_somebody_is_away_is_said_once_when_they_are_back(
    database: Database, company: SqlRegisters
) -> None:
    ids = tell_ada(company, 1)
    for day in (5, 6):
        change(company, ids, "back", at(day))

    assert told(database) == ["back"]
