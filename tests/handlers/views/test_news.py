import pytest

from handlers.views.names import Names
from handlers.views.news import WORDS, news_message
from tests.handlers.views.limits import LONG, NASTY, accepted, elements, words

NAMES = Names({}, {1: "Ada Berg", 2: "Bo Lind"}, {}, {}, {})
FULL = {"choice": "coordinate", "by": 1, "to": 2, "first": 2, "initiatives": [*range(1, 40)], "ruling": "approve"}


def test_a_verdict_is_told_with_what_follows_from_it() -> None:
    said = words(news_message({"what": "decided", "choice": "coordinate", "by": 1}, NAMES))

    assert "Ada Berg said “coordinate”. All go on" in said


@pytest.mark.parametrize("what", list(WORDS))
def test_every_event_fits_whatever_people_are_called(what: str) -> None:
    hostile = Names({}, {1: NASTY, 2: LONG}, {}, {}, {})
    shown = news_message({"what": what, **FULL}, hostile)

    accepted(shown)
    assert elements(shown, "user") == elements(shown, "broadcast") == []
    assert "<!channel>" not in shown.text
