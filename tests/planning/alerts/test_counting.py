"""What a steward has sent again counts as well: nobody gets more than the budget."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.errors import NotAllowed
from planning.outbox.resending import resend
from planning.outbox.values import Delivery, MessageKind
from tests.builders import NOW, at, steward
from tests.planning.alerts.overlapping import cards, queued, tell_ada

SAM = steward(id=1)
BUDGET = 3


@pytest.fixture
def failed(company: SqlRegisters, database: Database) -> SqlRegisters:
    """Ada may get three alerts a week; the first of the last week did not arrive."""
    with company.writing() as register:
        register.workspaces.save(replace(register.workspaces.current(), alert_budget=BUDGET))
    tell_ada(company, 1)
    outbox = database.outbox("main")
    outbox.failed(outbox.claim(NOW, timedelta(minutes=1), 1)[0], "no")
    return company


def again(company: SqlRegisters, now: datetime) -> None:
    with company.writing() as register:
        resend(register, 1, SAM, now)


def test_what_is_sent_again_in_a_later_week_takes_a_place_in_it(failed: SqlRegisters, database: Database) -> None:
    again(failed, at(7))
    for hour in range(3):
        tell_ada(failed, 1, at(7, hours=hour))

    assert len(cards(database)) + len(queued(database, MessageKind.ALERTS)) == 1 + (BUDGET - 1)
    assert len(cards(database)) == 1 + (BUDGET - 2)


def test_it_is_refused_when_the_week_has_its_share(failed: SqlRegisters, database: Database) -> None:
    for hour in range(4):
        tell_ada(failed, 1, at(7, hours=hour))

    with pytest.raises(NotAllowed, match="Send it again on Monday"):
        again(failed, at(8))
    assert database.outbox("main").by_id(1).state is Delivery.FAILED


def test_within_its_own_week_it_has_its_place_already(failed: SqlRegisters, database: Database) -> None:
    for hour in range(1, 4):
        tell_ada(failed, 1, at(hours=hour))
    again(failed, at(1))

    assert database.outbox("main").by_id(1).state is Delivery.PENDING
