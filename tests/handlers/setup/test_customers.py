from typing import Any

import pytest

from handlers.setup.customers import press_customers, segments_of, submit_customers
from handlers.views.customers import TEMPLATE, customers_form, segment_lines
from planning.errors import NotAllowed
from planning.journey.values import Journey, Segment
from tests.builders import steward
from tests.handlers.initiatives.registered import registered
from tests.handlers.slack import Desk, field_of, spoken, submitted


@pytest.fixture
def keeper(desk: Desk) -> Desk:
    """Ada is the steward, too."""
    desk.actor = steward(id=1, department=1)
    with desk.registers.writing() as register:
        register.people.save(desk.actor)
    return desk


def opened(desk: Desk) -> dict[str, Any]:
    press_customers(desk.ack, desk.body, desk.client, desk.registers, desk.actor)
    return desk.modal


def submit(desk: Desk, view: dict[str, Any], **typed: Any) -> None:
    desk.ack.reset_mock()
    submit_customers(desk.ack, submitted(view, **typed), desk.client, desk.registers, desk.actor, desk.now)


def typed(desk: Desk, name: str) -> list[str]:
    return str(field_of(opened(desk), name).get("initial_value", "")).splitlines()


def test_both_lists_are_saved_and_come_back_every_part_after_its_larger_one(keeper: Desk) -> None:
    lines = "Young families\nFirms > Tiny firms\n  Private customers>Families > Young families \n\nAnybody"
    submit(keeper, opened(keeper), segments=lines, touchpoints="Email\nApp")

    assert "Segments: 6. Touchpoints: 2." in spoken(keeper.shown)
    assert typed(keeper, "segments") == [
        "Anybody",
        "Firms",
        "Firms > Tiny firms",
        "Private customers",
        "Private customers > Families",
        "Families > Young families",
    ]
    assert typed(keeper, "touchpoints") == ["Email", "App"]
    assert "Email" in spoken(keeper.client.views_publish.call_args.kwargs["view"])


def test_saving_what_is_there_changes_nothing(keeper: Desk) -> None:
    with keeper.registers.writing() as register:
        families = register.journeys.add_segment("> 2 children > loud", parent=1)
        register.journeys.add_segment("a > b > c", parent=families.id)
        before = register.journeys.current()
    submit(keeper, opened(keeper))

    with keeper.registers.reading() as register:
        assert register.journeys.current() == before


def test_what_is_used_is_told_at_its_field(keeper: Desk) -> None:
    registered(keeper, segments=(1,), touchpoints=(1,))
    submit(keeper, opened(keeper), segments="Firms", touchpoints="")

    assert keeper.errors.keys() == {"segments", "touchpoints"}
    assert "“Private customers” is used by 1 initiative" in keeper.errors["segments"]


def test_the_first_touchpoints_are_a_list_to_begin_with(keeper: Desk) -> None:
    submit(keeper, opened(keeper), segments="", touchpoints="")

    assert typed(keeper, "segments") == []
    assert typed(keeper, "touchpoints") == list(TEMPLATE)
    assert "some to begin with" in spoken(keeper.modal)


@pytest.mark.parametrize("line", [">", " > > ", "\x00"])
def test_a_line_without_a_name_says_nothing(keeper: Desk, line: str) -> None:
    submit(keeper, opened(keeper), segments=f"Private customers\n{line}")

    assert typed(keeper, "segments") == ["Private customers"]


def test_a_chain_names_every_step() -> None:
    assert segments_of(["A > B > C", "D"], Journey(1)) == [("B", "A"), ("C", "B"), ("D", "")]


def test_lists_longer_than_a_field_are_spread_and_read_back() -> None:
    many = Journey(1, (), tuple(Segment(n, f"{n:03} {'営' * 70}", 1 if n > 1 else None) for n in range(1, 90)))
    lines = [*segment_lines(many)]
    view = customers_form(lines, ["t" * 80] * 90)

    assert segments_of(lines, many)[1][1] == many.segments[0].name
    assert field_of(view, "segments_1")["initial_value"].splitlines()[-1] in lines
    assert len(field_of(view, "touchpoints_1")["initial_value"]) <= 3000


def test_others_cannot_open_the_form(other: Desk) -> None:
    with pytest.raises(NotAllowed):
        opened(other)
