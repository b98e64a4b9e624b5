"""The demo's calendar."""

from datetime import datetime, timedelta
from pathlib import Path

from bot.demo.cast import insurer
from bot.demo.seeding import seed
from db.database import open_database
from planning.schedules.values import ScheduleKind


def test_the_demo_has_schedules_of_every_kind_and_none_comes_in_its_first_hours(tmp_path: Path) -> None:
    url, starts_at = f"sqlite:///{tmp_path / 'concord.db'}", datetime.fromisoformat(insurer().roles["starts_at"])
    seed(url, insurer())

    database = open_database(url)
    with database.workspace(None).reading() as register:
        schedules = register.schedules.all()
    database.close()
    kinds = [schedule.kind for schedule in schedules]
    assert set(kinds) == set(ScheduleKind)
    assert (kinds.count(ScheduleKind.DEPARTMENT), kinds.count(ScheduleKind.PERSONAL)) == (2, 2)
    assert min(schedule.next_due_at for schedule in schedules) > starts_at + timedelta(hours=8)
