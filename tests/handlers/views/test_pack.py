import re
from datetime import date, timedelta

from handlers.views.pack import pack_message, pack_name, pack_pdf
from handlers.views.paper import readable
from handlers.views.pictures import MISSING
from planning.digests.values import Cell
from planning.initiatives.values import Initiative
from planning.portfolio.values import Portfolio
from planning.proposals.changes import Days, Moved
from planning.proposals.values import ContactDays, PoolLoad, Proposed, Tally
from planning.scoreboard.values import Scoreboard
from planning.season.gathering import Season
from planning.season.pack import Pack, StagePack
from tests.builders import NOW, TODAY, coverage, journey, pool, portfolio
from tests.handlers.views.limits import LONG, accepted
from tests.planning.season.quarters import APRIL, QUARTER, planned

STAGES = 12
DAYS = Days(start=APRIL.start, end=APRIL.end)


def many(number: int, title: str) -> Portfolio:
    """So many initiatives, on all stages, all asking for the same pool."""
    drafts = (planned(title=title, department=1 + n % 2, stages=(1 + n % STAGES,)) for n in range(number))
    initiatives = [Initiative(n, each, NOW, NOW) for n, each in enumerate(drafts, 1)]
    stages = journey(*(f"{n} {title[:70]}" for n in range(STAGES)))
    return portfolio(*initiatives, journey=stages, pools=(pool(name=title[:80]),))


def pack(number: int = 20, text: str = "Letters") -> Pack:
    """The second quarter of so many initiatives, with a plan that moves all of them."""
    whole = many(number, text)
    season, best = Season(whole, QUARTER), plan(number, text)
    stages = tuple(StagePack(stage, (text,) * 40).with_plan(best) for stage in season.stages)
    map_ = coverage(cells=(Cell(stage=1, department=1, count=9),), silent=())
    figures = (number, len(season.live), stages, map_, Scoreboard(), (text,) * 30, 44, best)
    return Pack(text[:80], QUARTER, TODAY, whole.department_names, *figures)


def plan(number: int, text: str) -> Proposed:
    """Moves everything by two weeks."""
    who = {"title": text, "department": text}
    changes = tuple(Moved(initiative=n, **who, weeks=2, before=DAYS, after=DAYS) for n in range(1, number + 1))
    mondays = [date(2027, 4, 5) + timedelta(weeks=n) for n in range(8)]
    loads = tuple(PoolLoad(pool=1, name=text, monday=day, available=4, before=5, after=4) for day in mondays)
    contact = ContactDays(
        **{"initiative": 1, **who, "segment_name": text, "touchpoint_name": text, "intent": "inform"},
        before=DAYS,
        after=DAYS,
        clashes_before=(2,),
    )
    tally = Tally(collisions=3, short=4.0)
    return Proposed(possible=True, proven=True, changes=changes, before=tally, loads=loads, contacts=(contact,) * 20)


def pages(document: bytes) -> int:
    """How many there are."""
    return len(re.findall(rb"/Type /Page\b", document))


def test_the_pack_is_a_document_with_text_that_can_be_selected() -> None:
    document = pack_pdf(pack())

    assert document.startswith(b"%PDF")
    assert b"/ToUnicode" in document
    assert pack_name(pack()) == "planning-pack-2027-Q2.pdf"


def test_a_thousand_initiatives_with_hostile_names_stay_a_document_of_bounded_size() -> None:
    document = pack_pdf(pack(1000, LONG))

    assert pages(document) < 10 * STAGES
    assert len(document) < 3_000_000


def test_the_same_pack_is_the_same_document() -> None:
    assert pack_pdf(pack(4)) == pack_pdf(pack(4))


def test_letters_that_no_font_has_are_shown_as_missing_and_those_from_right_to_left_in_their_order() -> None:
    assert readable("営\x00業 ok", 20).endswith("ok")
    assert readable("\U0001f9ff", 5) == MISSING
    assert readable("שלום", 10) == "םולש"


def test_the_words_that_come_with_it_fit() -> None:
    accepted(pack_message(pack(3, LONG)))
    assert "3 live initiatives, 44 open overlaps." in pack_message(pack(3)).text
