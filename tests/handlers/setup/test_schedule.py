from typing import Any

import pytest

from handlers.setup.schedule import press_schedule, submit_schedule
from planning.digests.values import Schedule
from planning.errors import NotAllowed
from tests.builders import at, steward
from tests.handlers.slack import Desk, field_of, next_monday, spoken, submitted


@pytest.fixture
def keeper(desk: Desk) -> Desk:
    """Ada is the steward, too."""
    desk.actor = steward(id=1)
    return desk


def opened(desk: Desk) -> dict[str, Any]:
    press_schedule(desk.ack, desk.body, desk.client, desk.registers, desk.actor)
    return desk.modal


def submit(desk: Desk, view: dict[str, Any], **typed: Any) -> None:
    desk.ack.reset_mock()
    sent = submitted(view, **typed)
    submit_schedule(desk.ack, sent, desk.client, desk.registers, desk.actor, desk.now, next_monday)


def schedules(desk: Desk) -> list[Schedule]:
    with desk.registers.reading() as register:
        return register.schedules.all()


def test_the_first_schedule_is_offered_in_the_persons_zone(keeper: Desk) -> None:
    assert field_of(opened(keeper), "zone")["initial_option"]["value"] == "Europe/Oslo"


def test_the_schedule_is_saved_with_its_next_due_time(keeper: Desk) -> None:
    submit(keeper, opened(keeper), channel="C0EXEC", weekday=4, time="16:30", zone="Asia/Tokyo")

    saved = schedules(keeper)[0]
    assert (saved.channel, str(saved)) == ("C0EXEC", "Friday 16:30 (Asia/Tokyo)")
    assert saved.next_due_at == at(7)
    assert "every Friday 16:30 (Asia/Tokyo)" in spoken(keeper.shown)


def test_a_schedule_is_changed_from_what_it_is(keeper: Desk) -> None:
    submit(keeper, opened(keeper), channel="C0EXEC", weekday=4, time="16:30")
    submit(keeper, opened(keeper), time="08:05")

    assert [str(schedule) for schedule in schedules(keeper)] == ["Friday 08:05 (Europe/Oslo)"]


def test_what_is_missing_is_told_at_its_field(keeper: Desk) -> None:
    submit(keeper, opened(keeper), channel=None, time="soon")

    assert keeper.errors.keys() == {"channel", "time"}


def test_others_cannot_open_the_form(other: Desk) -> None:
    with pytest.raises(NotAllowed):
        opened(other)
