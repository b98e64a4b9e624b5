"""Readings by form."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from handlers.ids import Action
from handlers.metrics.reading import press_reading, start_reading, submit_reading
from handlers.views.metrics import ANY
from planning.errors import NotAllowed, NotFound
from planning.metrics.readings import Reading
from tests.builders import NOW, TODAY, metric, person
from tests.handlers.slack import Desk, field_of, spoken, submitted


@pytest.fixture
def measured(desk: Desk) -> Desk:
    """Metrics of which one ends in a number."""
    with desk.registers.writing() as register:
        for name in ("Net promoter score", "Among the top 2", "Net revenue"):
            register.metrics.add(metric(name=name))
    return desk


def typed(desk: Desk, text: str = "") -> dict[str, Any]:
    start_reading(desk.call(text))
    return desk.modal


def send(desk: Desk, view: dict[str, Any], **fields: Any) -> None:
    submit_reading(desk.ack, submitted(view, **fields), desk.registers, desk.actor, desk.now)


def readings(desk: Desk, metric: int = 1) -> list[Reading]:
    with desk.registers.reading() as register:
        return register.readings.of(metric)[metric]


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("net promoter score 42", "Net promoter score", "42"),
        ("Promoter -4,5", "Net promoter score", "-4.5"),
        ("among the top 2", "Among the top 2", None),
        ("among the top 2 81.5 %", "Among the top 2", "81.5"),
        ("net 3", None, "3"),
        ("promoter 1,234", "Net promoter score", None),
        ("promoter 1.234.567", "Net promoter score", "1234567"),
        (f"promoter {'9' * 400}", "Net promoter score", None),
        ("7", None, "7"),
    ],
)
def test_what_was_typed_fills_the_form(measured: Desk, text: str, name: str | None, value: str | None) -> None:
    view = typed(measured, text)

    chosen = field_of(view, "metric").get("initial_option", {}).get("text", {}).get("text")
    assert (chosen, field_of(view, "value").get("initial_value")) == (name, value)


def test_the_day_is_that_of_the_person(measured: Desk) -> None:
    measured.actor = person(id=1, department=1, roles=measured.actor.roles, zone="Pacific/Auckland")
    measured.now = lambda: datetime(2027, 3, 1, 20, tzinfo=UTC)
    press_reading(
        measured.ack, measured.body, {"value": ANY}, measured.client, measured.registers, measured.actor, measured.now
    )

    assert field_of(measured.modal, "on")["initial_date"] == "2027-03-02"


def test_a_zone_that_nobody_knows_is_no_obstacle(measured: Desk) -> None:
    measured.actor = person(id=1, department=1, roles=measured.actor.roles, zone="Mars/Olympus")

    assert field_of(typed(measured), "on")["initial_date"] == TODAY.isoformat()


def test_a_reading_is_recorded_and_says_where_the_metric_stands(measured: Desk) -> None:
    send(measured, typed(measured, "promoter 42"), respondents="350")

    (kept,) = readings(measured)
    assert (kept.value, kept.on, kept.respondents, kept.by, kept.recorded_at) == (42, TODAY, 350, 1, NOW)
    assert "✗ off track" in spoken(measured.shown)


def test_a_day_on_record_is_amended_once_that_was_read(measured: Desk) -> None:
    send(measured, typed(measured, "promoter 42"))
    send(measured, typed(measured, "promoter 45"))
    held = measured.shown
    assert "On record for 1 March 2027 is 42 points." in spoken(held)
    assert [one.value for one in readings(measured)] == [42]

    send(measured, held)
    assert [(one.value, one.version) for one in readings(measured)] == [(45, 2)]


def test_the_form_says_what_the_last_reading_was(measured: Desk) -> None:
    send(measured, typed(measured, "promoter 42"))

    assert "Last reading: 42 points on 1 March 2027." in spoken(typed(measured, "promoter"))


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"on": "2027-04-01"}, {"on": "1 April 2027 has not come yet; give the day on which it was measured."}),
        ({"value": "lots"}, {"value": "Give a number."}),
        ({"value": None}, {"value": "Please fill this in."}),
        ({"metric": None}, {"metric": "Please fill this in."}),
    ],
)
def test_faults_are_told_at_their_field(measured: Desk, fields: dict[str, Any], errors: dict[str, str]) -> None:
    send(measured, typed(measured, "promoter 42"), **fields)

    assert measured.errors == errors
    assert readings(measured) == []


def test_who_may_not_read_is_told_whom_to_ask(measured: Desk) -> None:
    view = typed(measured, "promoter 42")
    measured.actor = person(id=2)
    with pytest.raises(NotAllowed, match="Ask a steward"):
        typed(measured)
    with pytest.raises(NotAllowed, match="from its owner"):
        typed(measured, "promoter")
    with pytest.raises(NotAllowed, match="from its owner"):
        send(measured, view)


def test_its_owner_may_read_it_and_is_offered_no_other(measured: Desk) -> None:
    with measured.registers.writing() as register:
        register.metrics.add(metric(name="Own", owner=2))
    measured.actor = person(id=2)

    assert [one["text"]["text"] for one in field_of(typed(measured), "metric")["options"]] == ["Own"]


def test_without_metrics_it_says_what_to_do(desk: Desk) -> None:
    assert "/cx setup" in spoken(typed(desk))


def test_a_metric_that_is_not_there_is_said_so(measured: Desk) -> None:
    with pytest.raises(NotFound, match="No metric is called “effort”"):
        typed(measured, "effort 3")


def test_the_button_of_a_card_chooses_its_metric(measured: Desk) -> None:
    action = {"action_id": Action.READING_ADD, "value": "2"}
    press_reading(
        measured.ack, measured.body, action, measured.client, measured.registers, measured.actor, measured.now
    )

    assert field_of(measured.modal, "metric")["initial_option"]["value"] == "2"
    assert date.fromisoformat(field_of(measured.modal, "on")["initial_date"]) == TODAY
