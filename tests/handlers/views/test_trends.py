from datetime import date, timedelta

import pytest

from handlers.views.pictures import DPI, fit
from handlers.views.trends import ROOM, Panel, panels, trends_key, trends_png, trends_words
from planning.metrics.standing import Status
from planning.scoreboard.values import Point, Scoreboard
from tests.handlers.views.boards import FIRST, largest_scoreboard, metric_line, points, scoreboard, table
from tests.handlers.views.limits import LONG, NASTY
from tests.handlers.views.test_charts import PNG, size


def test_a_panel_for_each_metric_with_a_line_and_one_for_the_mirror_index() -> None:
    lines = (metric_line(), metric_line(name="Unread", points=()), metric_line(name="Read once", points=points(1)))
    shown = panels(scoreboard(metrics=table(*lines)), 8)

    assert [panel.title for panel in shown] == ["✗ Handling time", "Mirror index by quarter"]


def test_nothing_to_draw_is_no_panel() -> None:
    assert panels(Scoreboard(), 8) == []


def test_what_the_picture_shows_is_told_in_words() -> None:
    told = trends_words(panels(scoreboard(), 8))

    assert "Handling time: ✗ off track, 10 minutes (1 Mar 2027), target 6 by Sep 2027" in told
    assert "Mirror index by quarter: 0.50 from 1 Oct 2026, 0.44 from 1 Jan 2027." in told


def test_the_same_picture_has_the_same_key() -> None:
    first, again = (trends_key(panels(scoreboard(), 8)) for _ in range(2))
    other = trends_key(panels(scoreboard(metrics=table(metric_line(points=points(9, 9.5, 11)))), 8))

    assert first == again != other


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ("minutes", "off track: 10 minutes, target 6 by Sep 2027"),
        ("complaints per 1,000 policies", "off track: 10, target 6 by Sep 2027"),
        ("% of leavers within thirteen months", "off track: 10%, target 6% by Sep 2027"),
        ("千件あたりの苦情の件数と問い合わせ", "off track: 10, target 6 by Sep 2027"),
    ],
)
def test_a_unit_that_does_not_fit_is_left_to_the_words(unit: str, told: str) -> None:
    (panel,) = panels(Scoreboard(metrics=table(metric_line(unit=unit))), 8)

    assert panel.told == told
    assert unit[:20] in panel.words


def test_the_status_is_drawn_as_sign_word_and_colour() -> None:
    drawn = [panels(Scoreboard(metrics=table(metric_line(status=status))), 8)[0] for status in Status]

    assert len({panel.title for panel in drawn}) == len(Status)
    assert len({panel.told for panel in drawn}) == len(Status)
    assert len({panel.colour for panel in drawn}) == len(Status)


@pytest.mark.parametrize("text", [LONG, NASTY, "$x^2$ and $", "営業部 🎉"])
def test_the_largest_picture_is_drawn_without_a_warning(text: str) -> None:
    png = trends_png(panels(largest_scoreboard(text), 8))

    width, height = size(png)
    assert png.startswith(PNG)
    assert width == 1152
    assert height < 1.3 * width
    assert len(png) < 1_000_000


def test_words_never_run_into_the_next_panel() -> None:
    from matplotlib.figure import Figure

    text = Figure(dpi=DPI).text(0, 0, "W" * 36, fontsize=9, fontweight="bold")
    fit(text, ROOM)

    assert text.get_text().endswith("W…")
    assert text.get_window_extent().width <= ROOM * DPI


@pytest.mark.parametrize(
    "path",
    [(), (Point(on=FIRST, value=1), Point(on=date(2090, 1, 1), value=9)), (Point(on=FIRST, value=1),)],
    ids=["none", "far ahead", "a single day"],
)
def test_any_path_is_drawn(path: tuple[Point, ...]) -> None:
    days = tuple(Point(on=FIRST + timedelta(days=n), value=5, noise=0.0 if n else None) for n in range(2))

    assert trends_png([Panel("Calls", "5", "#000000", days, path)]).startswith(PNG)
