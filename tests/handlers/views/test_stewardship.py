from handlers.ids import Action
from handlers.views.stewardship import steward_wanted
from planning.text import NAME_MAX
from tests.handlers.slack import buttons
from tests.handlers.views.limits import accepted


def test_whoever_reads_that_nobody_looks_after_it_can_take_it_on() -> None:
    message = steward_wanted("<" * NAME_MAX, [])
    accepted(message)

    assert Action.SETUP_CLAIM in buttons(message.arguments()["blocks"])


def test_once_somebody_does_there_is_nothing_to_press() -> None:
    message = steward_wanted("Sam", ["<@U0ADA> Berg"] * 9)
    accepted(message)

    assert not buttons(message.arguments()["blocks"])
    assert "<@U0ADA>" not in message.text
