import pytest

from db.registers import SqlRegisters
from tests.builders import lead
from tests.handlers.slack import Desk, have_bolt_wait


@pytest.fixture(autouse=True)
def bolt_waits_for_its_listeners(monkeypatch: pytest.MonkeyPatch) -> None:
    have_bolt_wait(monkeypatch)


@pytest.fixture
def desk(company: SqlRegisters) -> Desk:
    """Ada, who leads department 1 (Marketing)."""
    return Desk(company, lead(1, id=1))


@pytest.fixture
def other(company: SqlRegisters) -> Desk:
    """Bo, who leads department 2 (Service)."""
    return Desk(company, lead(2, id=2, name="Bo Lind", slack_id="U0BO"))
