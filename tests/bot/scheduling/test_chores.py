"""What a beat does besides what is due."""

from datetime import datetime

from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.scheduling.chores import do_chores
from tests.builders import NOW


def failing(_now: datetime) -> None:
    raise OperationalError("SELECT", {}, Exception("gone"))


def test_a_chore_that_fails_keeps_nobody_from_the_others() -> None:
    done = list[datetime]()
    with capture_logs() as logs:
        do_chores((failing, done.append), NOW)

    assert done == [NOW]
    assert [line["chore"] for line in logs] == ["failing"]
