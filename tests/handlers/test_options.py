from typing import Any

import pytest

from handlers.ids import Action
from handlers.options import MENUS, offer_options
from handlers.views import fields
from handlers.views.fields import Field
from tests.handlers.slack import Desk

CITY = [(f"{n}", f"City {n}") for n in range(101)]


def offered(desk: Desk, field: str, typed: str) -> list[str]:
    offer_options(desk.ack, {"block_id": field, "value": typed}, desk.registers)
    options: list[dict[str, Any]] = desk.ack.call_args.kwargs["options"]
    assert len(options) <= 100
    return [option["text"]["text"] for option in options]


def test_what_is_typed_narrows_the_menu(desk: Desk) -> None:
    assert offered(desk, "department", "SERV") == ["Service"]
    assert offered(desk, "stages", "") == ["Join", "Use", "Renew"]
    assert offered(desk, "segment", "private") == ["Private customers"]
    assert offered(desk, "touchpoints", "email") == ["Email"]
    assert offered(desk, Action.SETUP_POOL, "") == ["Add a pool…"]
    assert offered(desk, "to_2", "re") == ["Renew"]
    assert "America/New York" in offered(desk, "zone", "new york")


@pytest.mark.parametrize("typed", ["<!channel>", "x" * 40_000, "\x00", "🎉"])
@pytest.mark.parametrize("field", sorted(MENUS))
def test_every_text_survives(desk: Desk, field: str, typed: str) -> None:
    assert offered(desk, field, typed) == [] or typed == "\x00"


@pytest.mark.parametrize(
    ("options", "kind"),
    [(CITY[:100], "static_select"), (CITY, "external_select"), ([("1", "営" * 75)] * 40, "external_select")],
    ids=["a hundred", "more", "heavy"],
)
def test_a_list_too_long_for_a_form_is_asked_for_while_typing(options: list[tuple[str, str]], kind: str) -> None:
    assert fields.one_of(Field("city", "City"), options, None).to_dict()["element"]["type"] == kind
