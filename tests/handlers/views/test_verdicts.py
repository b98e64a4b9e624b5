from datetime import date

from handlers.views.verdicts import hand_form, join_form, snooze_form, verdict_blocks
from tests.handlers.slack import drawn, spoken
from tests.handlers.views.limits import LONG
from tests.planning.digests.findings import overlap
from tests.planning.portfolios import NOON, initiative

PAIR = [initiative(1, title=LONG), initiative(2, title=LONG)]


def test_planning_together_says_beforehand_whom_it_brings_together() -> None:
    shown = [block.to_dict() for block in verdict_blocks(overlap(), PAIR, NOON, ["Mia Lead", "Ben Owner"])]
    (together, *_) = shown[0]["elements"]

    assert "one conversation with Mia Lead and Ben Owner" in together["confirm"]["text"]["text"]


def test_the_largest_confirmation_fits() -> None:
    for block in verdict_blocks(overlap(), PAIR, NOON, [LONG] * 40):
        for button in block.to_dict()["elements"]:
            assert len(button.get("confirm", {"text": {"text": ""}})["text"]["text"]) <= 300


def test_every_form_is_one_that_slack_takes() -> None:
    forms = (join_form(overlap(), PAIR, PAIR), snooze_form(overlap(), date(2027, 2, 1)), hand_form(overlap()))
    joining, *_ = (drawn(form) for form in forms)

    assert "CX-1 " in spoken(joining["blocks"])
    assert "CX-2 " in spoken(joining["blocks"])
