"""The list of metrics, and the card of one."""

from datetime import timedelta
from typing import Any

import pytest

from handlers.ids import Action
from handlers.metrics.showing import list_metrics, press_metric, show_metrics
from planning.errors import NotFound
from planning.metrics.recording import record_all
from planning.metrics.values import Cadence, Tension
from tests.builders import NOW, TODAY, at, draft, effect, hand_off, metric, person, reading, vector
from tests.handlers.slack import Desk, buttons, spoken
from tests.handlers.views.limits import accepted


@pytest.fixture
def measured(desk: Desk) -> Desk:
    """Three metrics: one on track, one off, one that nobody has read."""
    with desk.registers.writing() as register:
        register.metrics.add(metric(name="Renewals", stage=None, financial=True))
        register.metrics.add(metric(owner=2, feeds=1, source="Survey", cadence=Cadence.MONTHLY))
        register.metrics.add(metric(name="Effort", stage=None))
        register.metrics.save_tensions([Tension(2, 3, "Longer forms.")])
        register.journeys.add_hand_off(hand_off(metric=1))
        register.initiatives.add(draft(effects=(effect(metric=2),)), vector(), NOW)
        record_all(register, [reading(metric=2, value=61.0), reading(value=41.0, respondents=20)], None, NOW)
        record_all(register, [reading(value=42.0, respondents=25)], None, at(1))
    return desk


def test_the_metrics_are_listed_worst_first_in_words(measured: Desk) -> None:
    reply = show_metrics(measured.call())
    rows = [block["text"]["text"] for block in accepted(reply) if block["type"] == "section"]

    assert [row.splitlines()[0] for row in rows] == [
        "✗ off track · Renewals",
        "? not known yet · Effort",
        "✓ on track · Satisfaction",
    ]
    assert "42 points (28 Feb 2027) · target 60 points · read 1 day ago" in rows[0]


def test_a_long_list_is_paged(measured: Desk) -> None:
    with measured.registers.writing() as register:
        for n in range(30):
            register.metrics.add(metric(name=f"M{n}", stage=None))
    first, second = list_metrics(measured.call(), "", 0), list_metrics(measured.call(), "M", 10)

    assert "…and 23 more" in spoken(accepted(first))
    assert "…and 10 more" in spoken(accepted(second))


def test_the_card_says_all_that_is_known(measured: Desk) -> None:
    card = spoken(accepted(show_metrics(measured.call("satisfaction"))))

    for told in ("every month · by Bo Lind", "Renewals (money)", "Effort (Longer forms.)", "CX-1 Clearer letters"):
        assert told in card
    assert "61 points (28 Feb 2027)" in card


def test_the_card_keeps_what_was_amended(measured: Desk) -> None:
    card = spoken(accepted(show_metrics(measured.call("renewals"))))

    assert "28 Feb 2027: 42 points (25 answers); was 41 points (20 answers)" in card
    assert "Join → Use" in card


def test_a_late_reading_is_said_so(measured: Desk) -> None:
    measured.now = lambda: NOW + timedelta(days=60)
    press(measured, 2)

    assert "reading late since 31 March 2027" in spoken(measured.private_reply["blocks"])


def test_who_may_not_read_it_gets_no_button(measured: Desk) -> None:
    assert Action.READING_ADD in buttons(accepted(show_metrics(measured.call("effort"))))
    measured.actor = person(id=9)
    assert Action.READING_ADD not in buttons(accepted(show_metrics(measured.call("effort"))))


def press(desk: Desk, id: int) -> None:
    action: dict[str, Any] = {"value": str(id)}
    press_metric(desk.ack, desk.body, action, desk.client, desk.respond, desk.registers, desk.actor, desk.now)


def test_without_metrics_it_says_what_to_do(desk: Desk) -> None:
    assert "/cx setup" in spoken(accepted(show_metrics(desk.call())))


def test_a_name_that_nothing_has_is_said_so(measured: Desk) -> None:
    with pytest.raises(NotFound, match="No metric is called “trust”"):
        show_metrics(measured.call("trust"))


def test_the_last_year_is_shown_and_no_more(measured: Desk) -> None:
    with measured.registers.writing() as register:
        days = [reading(metric=3, on=TODAY - timedelta(days=10 * n), value=float(n)) for n in range(1, 60)]
        record_all(register, days, None, NOW)

    assert "…and 24 more" in spoken(accepted(show_metrics(measured.call("effort"))))
