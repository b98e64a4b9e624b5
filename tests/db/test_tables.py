"""Times and texts on their way into the database and back."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import StatementError

from db.registers import SqlRegisters
from tests.builders import NOW, entry

AT_NINE_IN_OSLO = datetime(2027, 3, 1, 9, tzinfo=ZoneInfo("Europe/Oslo"))


@pytest.mark.parametrize(
    "moment",
    [NOW, AT_NINE_IN_OSLO, NOW.replace(microsecond=1), NOW.astimezone(timezone(timedelta(hours=-9, minutes=-30)))],
)
def test_a_time_comes_back_as_the_same_moment_in_utc(registers: SqlRegisters, moment: datetime) -> None:
    with registers.writing() as register:
        register.audit.add(entry(at=moment))

    with registers.reading() as register:
        (kept,) = register.audit.since(None)
    assert kept.at == moment
    assert kept.at.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(registers: SqlRegisters) -> None:
    with pytest.raises(StatementError, match="without a zone"), registers.writing() as register:
        register.audit.add(entry(at=NOW.replace(tzinfo=None)))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b", "ab"),
        ("\ud83d lone \udc00", " lone "),
        ("עברית وعربي 👩‍👩‍👧 <@U1> `&amp;` 'x' \"y\" \\ %", "עברית وعربي 👩‍👩‍👧 <@U1> `&amp;` 'x' \"y\" \\ %"),
        ("é" * 40_000, "é" * 40_000),
        ("", ""),
    ],
    ids=["null byte", "lone surrogates", "many scripts", "40,000 characters", "nothing"],
)
def test_any_text_can_be_stored(registers: SqlRegisters, text: str, kept: str) -> None:
    with registers.writing() as register:
        register.people.add(text)
        register.audit.add(entry(subject=text, details={"text": text}))

    with registers.reading() as register:
        (one,) = register.people.all()
        (said,) = register.audit.since(None)
    assert (one.name, said.subject, said.details) == (kept, kept, {"text": text})
