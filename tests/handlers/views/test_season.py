from dataclasses import replace
from datetime import date, timedelta

from handlers.ids import Action
from handlers.views.names import Names
from handlers.views.season import ShownSeason, season_message
from handlers.views.season_outlook import Outlook, opened_message, outlook_message
from planning.findings.facts import PoolWeek
from planning.proposals.asking import Progress, Proposal
from planning.proposals.changes import Days, Moved
from planning.proposals.values import Lack, LackKind, Proposed, Relaxation, Tally
from planning.season.opening import Invited, about_stage
from planning.season.values import Ask, PoolAsks, SegmentContacts, StageSeason
from planning.window import Window
from tests.builders import NOW, at, initiative, lead
from tests.handlers.views.limits import LONG, accepted, elements, words

MONDAY = date(2027, 4, 5)
WEEKS = tuple(MONDAY + timedelta(weeks=n) for n in range(13))
NAMES = Names({1: "Marketing", 2: "Service"}, {}, {1: "Join"}, {}, {})


def ask(id: int, title: str = "Letters", **fields: object) -> Ask:
    """Eight person-weeks in April."""
    return Ask(id, title, "Marketing", 8.0, Window(MONDAY, WEEKS[3]), **fields)  # type: ignore[arg-type]


def season(text: str = "Join", many: int = 1) -> StageSeason:
    """Two departments that ask for too much; `many` pools, segments and asks, called `text`."""
    weeks = tuple(PoolWeek(monday=day, asked=5.0 if day == MONDAY else 1.0, available=4.0) for day in WEEKS)
    pools = tuple(PoolAsks(text, tuple(ask(n, text) for n in range(1, 2 + many)), weeks) for _ in range(many))
    crowded = tuple((day, 5 if day == MONDAY else 1) for day in WEEKS)
    segments = tuple(SegmentContacts(text, 3, crowded, (text, "Service") * many) for _ in range(many))
    working = tuple(initiative(n, department=1 + n % 2, title=text) for n in range(1, 3))
    return StageSeason(1, text, "2027-Q2", (1, 2), working, pools, segments)


def proposal(best: Proposed | None = None) -> Proposal:
    """One that is being computed, or done."""
    progress = Progress.RUNNING if best is None else Progress.DONE
    return Proposal(7, about_stage(season()), NOW, progress=progress, best=best)


def test_the_message_says_who_asks_for_what_against_what_there_is() -> None:
    shown = season_message(ShownSeason(season(), proposal(), NAMES), {})

    said = words(shown)
    assert "Marketing (1) and Service (1) share this stage" in said
    assert "Join: 17 person-weeks asked for, 52 available; too much in 1 week" in said
    assert "too many in 1 week, 5 in the week of 5 April 2027; they bear 3 a week" in said
    assert "CX-1 Join" in said
    assert "17 person-weeks" in shown.text


def test_its_one_button_opens_the_session_until_that_is_open() -> None:
    shown = season_message(ShownSeason(season(), proposal(), NAMES), {})
    met = season_message(ShownSeason(season(), proposal(), NAMES, met=True), {})

    assert [one["action_id"] for one in elements(shown, "button")] == [Action.SEASON_SESSION]
    assert elements(met, "button") == []


def test_a_slack_without_tables_gets_rows() -> None:
    shown = season_message(ShownSeason(season(), proposal(), NAMES), {}, table=False)

    assert elements(shown, "table") == []
    assert "Join · Marketing · CX-1 Join · 8" in words(shown)


def test_the_largest_message_fits() -> None:
    days = Days(start=MONDAY, end=MONDAY)
    moved = tuple(
        Moved(initiative=n, title=LONG, department=LONG, weeks=2, before=days, after=days) for n in range(1, 99)
    )
    lacks = tuple(Lack(kind=LackKind.PEOPLE, name=LONG, weeks=WEEKS, amount=2.5) for _ in range(9))
    ways = tuple(Relaxation(sentence=LONG) for _ in range(9))
    best = Proposed(
        possible=False, proven=True, changes=moved, before=Tally(collisions=9), lacks=lacks, relaxations=ways
    )
    largest = ShownSeason(season(LONG, 40), proposal(best), Names({1: LONG, 2: LONG}, {}, {}, {}, {}))

    accepted(season_message(largest, {}))
    accepted(season_message(largest, {}, table=False))


def test_the_outlook_says_who_would_be_told_before_anything_is_sent() -> None:
    invited = Invited(season(), (lead(1, name="Ada Berg"),), (lead(2, name="Bo Lind"),), NOW)
    outlook = Outlook("2027-Q2", at(3), (invited,), 2, False, True, "UTC", NOW - timedelta(hours=1))
    shown = outlook_message(outlook)

    assert "It opens by itself on Thursday 4 March 2027, 09:00" in shown.text
    assert "Nothing is set to open it by itself" in outlook_message(replace(outlook, opens_at=None)).text
    assert "Ada Berg, not before Monday 1 March 2027, 09:00; Bo Lind: not told" in shown.text
    assert "not before" not in outlook_message(replace(outlook, now=NOW)).text
    (button,) = elements(shown, "button")
    assert button["value"] == "2027-Q2"
    assert "1 person in 1 conversation" in button["confirm"]["text"]["text"]


def test_the_largest_outlook_fits() -> None:
    people = tuple(lead(1, name=LONG) for _ in range(20))
    invited = (Invited(season(LONG), people, people, NOW),) * 60

    accepted(outlook_message(Outlook("2027-Q2", NOW, invited, 900, False, True, "UTC", NOW)))
    accepted(outlook_message(Outlook("2027-Q2", None, (), 0, True, False, "UTC", NOW)))
    accepted(opened_message("2027-Q2", invited))
