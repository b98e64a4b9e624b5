"""Metrics at their worst size: the list, the card and the forms."""

from datetime import timedelta

import pytest

from handlers.views.cards import Standing as CardStanding
from handlers.views.cards import initiative_card
from handlers.views.chains import MOST, chain_words
from handlers.views.metric_cards import MetricCard, metric_card
from handlers.views.metric_forms import Offered, metric_form
from handlers.views.metrics import metric_list
from handlers.views.names import Names
from handlers.views.paging import PAGE
from handlers.views.planned import effect_told
from handlers.views.reading_forms import ReadingSaid, reading_form, reading_saved
from handlers.views.tensions import TOLD, tension_form, tension_names, tensions_told
from planning.journey.values import Journey, Segment
from planning.metrics.standing import Standing, Status, Trend
from planning.metrics.values import Cadence, Direction, Metric, Tension
from planning.register import Page
from planning.scoreboard.values import MetricLine, MetricTable, Point
from tests.builders import TODAY, effect, initiative, metric, reading, stage, tension
from tests.handlers.slack import drawn, field_names
from tests.handlers.views.limits import LONG, NASTY, accepted, words

WIDE = (NASTY + "営🎉" * 40)[-80:]
MANY = {n: f"{n} {WIDE}"[:80] for n in range(1, 301)}
HUGE = metric(
    name=WIDE,
    unit="営" * 30,
    baseline=-1e15,
    baseline_on=TODAY,
    target=1e15,
    target_on=TODAY,
    cadence=Cadence.QUARTERLY,
    source="営" * 200,
)
JOURNEY = Journey(
    1,
    tuple(stage(id=n, name=name, position=n) for n, name in MANY.items()),
    tuple(Segment(n, name) for n, name in MANY.items()),
)


def line(**fields: object) -> MetricLine:
    points = tuple(Point(on=TODAY - timedelta(days=n), value=-1e15 + n, noise=1e14) for n in range(12, 0, -1))
    said = {"sentence": LONG[:900], "advice": LONG[:900], "name": WIDE, "unit": "営" * 30, "target": 1e15}
    known = {"metric": 1, "better": Direction.UP, "status": Status.OFF_TRACK, "target_on": TODAY, "points": points}
    return MetricLine.model_validate({**said, **known, "way": Direction.DOWN, "stale_since": TODAY, **fields})


def test_a_page_of_the_longest_metrics_fits() -> None:
    counts = tuple((status, 999) for status in Status)
    lines = tuple(line(metric=n) for n in range(PAGE))

    reply = metric_list(Page(lines, 3996, 10), MetricTable(lines=(), total=3996, counts=counts), TODAY, "q" * 400, True)
    assert accepted(reply)
    assert "…and 3976 more" in words(reply)


def test_the_fullest_card_fits() -> None:
    days = [TODAY - timedelta(days=n) for n in range(365, 0, -1)]
    readings = tuple(reading(on=day, value=-1e15, respondents=2_000_000_000, version=9) for day in days)
    movers = tuple(initiative(n, title=LONG[:400], effects=(effect(),)) for n in range(1, 60))
    trend = Trend(-1e15, -1e16, -1e14, Direction.DOWN, False)
    card = MetricCard(
        metric=HUGE,
        line=line(),
        standing=Standing(Status.OFF_TRACK, readings[-1], 1e14, 1e14, trend, TODAY),
        measures=LONG[:5000],
        owner=WIDE,
        chain=(HUGE,) * 60,
        tense=((WIDE, "営" * 300),) * 60,
        movers=movers,
        readings=readings,
        former={one.on: [reading(on=one.on, value=-1e15, respondents=2_000_000_000)] * 8 for one in readings},
        may_add=True,
    )

    assert accepted(metric_card(card, TODAY))
    assert "…and 353 more" in words(metric_card(card, TODAY))


def test_the_emptiest_card_says_what_is_not_said() -> None:
    bare = Metric(1, "Trust")
    nothing = line(points=(), target=None, way=None, stale_since=None, status=Status.UNKNOWN)
    card = metric_card(MetricCard(bare, nothing, Standing(Status.UNKNOWN)), TODAY)

    assert accepted(card)
    assert "No readings of the last year." in words(card)


@pytest.mark.parametrize(
    ("trend", "told"),
    [
        (None, "too few readings to tell"),
        (Trend(1, -1, 3), "may well be level: between −1 and 3 a year"),
        (Trend(2, 1, 3, Direction.UP, True), "getting better: rises by 2 points a year (between 1 and 3 a year)"),
        (Trend(-2, -3, -1, Direction.DOWN, False), "getting worse: falls by 2 points a year"),
    ],
)
def test_a_trend_is_told_with_how_sure_it_is(trend: Trend | None, told: str) -> None:
    card = MetricCard(metric(), line(), Standing(Status.UNKNOWN, trend=trend))

    assert told in words(metric_card(card, TODAY))


def test_the_forms_are_taken_at_their_largest() -> None:
    offered = Offered(JOURNEY, MANY, None, WIDE)
    assert drawn(metric_form(HUGE, offered))
    assert drawn(tension_form(tension(why="営" * 300), MANY))
    assert drawn(reading_form(ReadingSaid(HUGE, TODAY, -1e15, reading(value=1e15)), MANY))
    assert drawn(reading_saved(HUGE, reading(value=-1e15), WIDE))


def test_the_form_of_a_metric_offers_only_what_there_is() -> None:
    assert {"stage", "segment", "feeds"}.isdisjoint(field_names(metric_form(None, Offered(Journey(1)))))


def test_many_new_tensions_are_counted() -> None:
    tensions = [Tension(1, n, "Why") for n in range(2, 40)]
    told = tensions_told(metric(), tensions, MANY)

    assert f"And against {len(tensions) - TOLD} more." in told
    assert tensions_told(metric(), [], MANY) == ""


def test_both_names_of_a_tension_fit_into_a_menu() -> None:
    names = tension_names([tension()], [metric(name="営" * 80), metric(id=2, name="営" * 80)])

    assert [len(name) for name in names.values()] == [71]


def test_a_chain_is_told_up_to_money_and_cut_in_the_middle() -> None:
    chain = [metric(name=f"M{n}") for n in range(1, 8)]
    names = Names(
        {}, {}, {}, {}, {}, {1: "M1"}, chains={1: chain_words([*chain[:2], metric(name="R", financial=True)])}
    )

    assert effect_told(effect(), names) == "raises M1 → M2 → R (money)"
    assert chain_words(chain) == "M1 → M2 → M3 → … → M6 → M7"
    assert len(chain_words([*([HUGE] * 20), metric(name=WIDE, financial=True)])) <= MOST


def test_the_largest_card_of_an_initiative_takes_the_longest_chains() -> None:
    effects = tuple(effect(metric=n) for n in MANY)
    chains = dict.fromkeys(MANY, chain_words([HUGE] * 20))
    names = Names({1: WIDE}, {}, MANY, MANY, MANY, MANY, MANY, MANY, chains)
    full = initiative(title=LONG[:400], problem=LONG[:3000], stages=tuple(MANY), effects=effects)

    for changeable in (True, False):
        assert accepted(initiative_card(full, names, CardStanding(9, WIDE, changeable)))
