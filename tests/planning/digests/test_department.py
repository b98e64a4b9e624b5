from typing import Any

import pytest

from bot.delivery.drawing import drawn
from db.database import Database
from db.registers import SqlRegisters
from planning.digests.department import preview_department
from planning.digests.department_values import DepartmentDigest
from planning.initiatives.changing import change_status
from planning.initiatives.values import Status
from planning.outbox.values import MessageKind
from planning.schedules.tasks import Done, Result, Skipped
from planning.schedules.values import ScheduleKind
from tests.builders import NOW, at, draft, entry, found, schedule, vector
from tests.planning.checkins.stories import ADA
from tests.scheduled import carried_out, do_due, scheduled


@pytest.fixture
def busy(company: SqlRegisters) -> SqlRegisters:
    """CX-1 of Marketing overlaps with CX-2 of Service."""
    with company.writing() as register:
        for number in (1, 2):
            register.initiatives.add(draft(department=number, owner=number), vector(number), NOW)
            register.audit.add(entry(at=at(-1), subject=f"initiative:{number}"))
        register.findings.add(found(1, 2), NOW)
        change_status(register, 1, Status.ACTIVE, ADA, at(-1))
    return company


def sent(registers: SqlRegisters, department: int = 1) -> Result:
    with registers.writing() as register:
        where: dict[str, Any] = {"subject": department, "channel": "C0MARKET"}
        return carried_out(register, ScheduleKind.DEPARTMENT, NOW, **where)


def test_the_digest_is_queued_for_the_departments_channel(database: Database, busy: SqlRegisters) -> None:
    result = sent(busy)
    assert isinstance(result, Done)

    told = DepartmentDigest.model_validate(result.content)
    assert (told.department, told.live, told.changes.registered, told.changes.started) == ("Marketing", 1, 1, 1)
    assert told.overlaps[0].others == ("Service",)
    posted = [one.posting for one in database.outbox(busy.workspace).page(9).items]
    (posting,) = [one for one in posted if one.kind is MessageKind.DEPARTMENT_DIGEST]
    assert (str(posting.address), posting.delivery_key) == ("channel:C0MARKET", f"digest:1:{NOW.isoformat()}")


def test_a_department_that_is_gone_is_skipped_with_the_reason(company: SqlRegisters) -> None:
    assert sent(company, department=9) == Skipped("The department is no longer there.")


def test_a_quiet_week_is_told(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        scheduled(register, ScheduleKind.DEPARTMENT, subject=1, channel="C0MARKET")
        do_due(register, NOW)

    (message,) = database.outbox(company.workspace).page(9).items
    with company.reading() as register:
        shown = drawn(register, message.posting, NOW).message({})
    assert "Nothing of Marketing is registered yet" in shown.text


def test_a_preview_writes_nothing_and_needs_no_schedule_on_record(busy: SqlRegisters) -> None:
    with busy.reading() as register:
        told = preview_department(register, schedule(id=0, kind=ScheduleKind.DEPARTMENT, subject=2), NOW)

    assert (told.department, told.changes.registered) == ("Service", 1)
