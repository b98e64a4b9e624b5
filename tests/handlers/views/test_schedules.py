from typing import Any

import pytest

from handlers.ids import Action
from handlers.views.schedule_forms import Choices, ScheduleNote, schedule_form
from handlers.views.schedule_previews import asked_blocks, night_blocks, pulse_blocks
from handlers.views.schedule_words import WORDS, became, title_of
from handlers.views.schedules import history_modal, preview_modal, schedules_modal
from planning.checkins.asking import Asked
from planning.outbox.values import Delivery
from planning.register import Page
from planning.schedules.cron import Cron
from planning.schedules.seeing import HISTORY, Seen
from planning.schedules.values import Occurrence, OccurrenceState, ScheduleKind
from tests.builders import NOW, at, draft, initiative, person, schedule, steward
from tests.handlers.slack import buttons, drawn, field_of, light, spoken
from tests.handlers.views.limits import LONG

WIDE = "営" * 400
STELLA = steward(zone="Asia/Tokyo")


def occurrence(state: OccurrenceState, **fields: Any) -> Occurrence:
    return Occurrence(1, 1, NOW, state, NOW, **fields)


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (occurrence(OccurrenceState.DONE), "18:00: sent"),
        (occurrence(OccurrenceState.RUNNING), "18:00: under way"),
        (occurrence(OccurrenceState.DUE, not_before=NOW), "18:00: on its way"),
        (
            occurrence(OccurrenceState.DUE, not_before=at(1), reason="Weekends are left alone."),
            "18:00: waits until Tuesday 2 March 2027, 18:00. Weekends are left alone.",
        ),
        (
            occurrence(OccurrenceState.DUE, not_before=at(1), failures=1),
            "18:00: waits until Tuesday 2 March 2027, 18:00. It did not work, and is tried again then.",
        ),
        (occurrence(OccurrenceState.SKIPPED, reason="It is a day off."), "18:00: left out. It is a day off."),
        (occurrence(OccurrenceState.FAILED, reason="It failed 5 times."), "18:00: failed. It failed 5 times."),
    ],
)
def test_what_became_of_it_is_said_in_the_readers_zone(what: Occurrence, told: str) -> None:
    assert became(what, ScheduleKind.EXECUTIVE, "Asia/Tokyo") == f"Monday 1 March 2027, {told}"


@pytest.mark.parametrize(
    ("arrival", "told"),
    [
        (Delivery.SENT, "sent"),
        (Delivery.PENDING, "on its way"),
        (Delivery.FAILED, "did not arrive. Stewards see why on their Home tab."),
        (Delivery.DROPPED, "settled by a steward"),
    ],
)
def test_a_digest_that_is_composed_is_not_yet_one_that_arrived(arrival: Delivery, told: str) -> None:
    done = occurrence(OccurrenceState.DONE)

    assert became(done, ScheduleKind.EXECUTIVE, "UTC", arrival).endswith(f"09:00: {told}")


def test_every_kind_has_words() -> None:
    assert WORDS.keys() == set(ScheduleKind)
    assert title_of(schedule(kind=ScheduleKind.DEPARTMENT, subject=9), {}) == "Digest of a department that is gone"


def test_the_zone_of_the_reader_is_told_only_where_the_time_is_another_one() -> None:
    seen = Seen((schedule(next_due_at=at(7, hours=-1)),), {}, {})

    assert "for you" not in spoken(schedules_modal(seen, steward(zone="Europe/Berlin"), NOW))
    assert "for you Monday 8 March 2027, 17:00" in spoken(schedules_modal(seen, STELLA, NOW))


def test_sending_out_of_turn_asks_first() -> None:
    kept = schedule(kind=ScheduleKind.NIGHTLY, channel="")
    button = buttons(schedules_modal(Seen((kept,), {}, {}), STELLA, NOW))[Action.SCHEDULE_SEND]

    assert button["text"]["text"] == "Run now"
    assert "The nightly pass" in button["confirm"]["text"]["text"]


def test_the_longest_history_is_one_that_slack_takes() -> None:
    past = tuple(occurrence(OccurrenceState.FAILED, reason=LONG) for _ in range(HISTORY))
    view = history_modal(schedule(), WIDE, Page(past, 9_000), {}, STELLA, 7)

    assert light(drawn(view))
    assert "…and 8990 earlier ones" in spoken(view)


def test_the_longest_previews_are_ones_that_slack_takes() -> None:
    work = [initiative(id=n, draft=draft(title=WIDE)) for n in range(3)]
    asked = [Asked(person(id=n, name=WIDE), NOW, work) for n in range(500)]
    blocks = [
        *asked_blocks(asked),
        *pulse_blocks("", 90, work),
        *pulse_blocks("Too few.", 0, []),
        *night_blocks(None, "UTC"),
    ]
    view = preview_modal(WIDE, "Only you see this.", blocks, 0)

    assert light(drawn(view))
    assert "It would ask 500 people how 1500 initiatives stand." in spoken(view)
    assert "CX-0, CX-1, CX-2" in spoken(view)
    assert "…and 480 more" in spoken(view)


def test_the_longest_form_is_one_that_slack_takes() -> None:
    zones = [(f"z{n}", f"Zone {n}") for n in range(600)]
    departments = [(str(n), WIDE) for n in range(400)]
    note = ScheduleNote(kind=ScheduleKind.DEPARTMENT, offset=0)
    view = schedule_form(note, WIDE, None, Choices(zones, "z1", departments))

    assert light(drawn(view))
    assert field_of(view, "department")["type"] == "external_select"


def test_a_cron_that_cannot_be_chosen_stands_in_the_form_as_it_is_written() -> None:
    season = schedule(kind=ScheduleKind.SEASON, cron=Cron.of("0 9 4 3,6,9,12 *"))
    view = schedule_form(ScheduleNote(kind=ScheduleKind.SEASON), "Season", season, Choices([("UTC", "UTC")], "UTC"))

    assert field_of(view, "often")["initial_option"]["value"] == "other"
    assert field_of(view, "cron")["initial_value"] == "0 9 4 3,6,9,12 *"
