import pytest

from bot.encoder import open_encoder
from planning.journey.suggesting import suggest_stages
from planning.journey.values import Journey, Stage

JOURNEY = Journey(
    1,
    (
        Stage(1, "Quote and buy", 1, "From the first question asked to the policy being on risk."),
        Stage(2, "Pay", 2, "Bills, instalments, failed payments and arrears."),
        Stage(3, "Claim", 3, "From the first report of a loss until it is repaired, paid or declined."),
    ),
)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Collect direct debits on the day people are paid, so that fewer payments fail", "Pay"),
        ("Text people how the repair of their flooded kitchen is going after they reported the loss", "Claim"),
    ],
)
def test_the_stage_that_a_text_is_about_is_suggested_first(text: str, stage: str) -> None:
    assert suggest_stages(JOURNEY, open_encoder(), text)[0].name == stage


@pytest.mark.parametrize("text", ["", "   ", "qwx zzv"])
def test_a_text_about_nothing_suggests_nothing(text: str) -> None:
    assert suggest_stages(JOURNEY, open_encoder(), text) == ()


def test_a_journey_without_stages_suggests_nothing() -> None:
    assert suggest_stages(Journey(1), open_encoder(), "Pay by card") == ()
