from handlers.views.permissions import ADVICE, off_blocks
from handlers.views.text import Message
from planning.installations.scopes import OFF
from tests.handlers.views.limits import accepted, words


def test_all_that_can_be_off_fits_and_says_what_to_do() -> None:
    told = Message("off", off_blocks(OFF))

    accepted(told)
    assert all(what in words(told) for what in OFF.values())
    assert ADVICE in words(told)


def test_nothing_is_said_where_everything_was_given() -> None:
    assert off_blocks({}) == []
