import pytest

from handlers.views.scores import METRICS_SHOWN, scores_blocks, scores_message, standing_words
from handlers.views.standings import sparkline, valued
from handlers.views.text import Message
from planning.metrics.standing import Status
from planning.scoreboard.values import Dabbling, MetricLine, Scoreboard
from tests.handlers.views.boards import FIRST, largest_scoreboard, metric_line, scoreboard, table
from tests.handlers.views.limits import LONG, NASTY, accepted, elements, words

CALM = {"status": Status.ON_TRACK, "way": None, "improving": None}


def test_a_metric_stands_in_one_row_with_sign_word_and_bars() -> None:
    said = words(scores_message(scoreboard(), None, steward=False))

    assert "✗ off track: 10 minutes (Mar 2027), target 6 by Sep 2027, ↑ getting worse ▁▅█. Say which" in said


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (metric_line(stale_since=FIRST), "10 minutes (1 Mar 2027, nothing since), target 6 by Sep 2027"),
        (metric_line(unit="% of calls"), "10% of calls (Mar 2027), target 6% by Sep 2027"),
        (metric_line(points=(), way=None), "no reading yet, target 6 minutes by Sep 2027"),
        (metric_line(target=None, way=None), "10 minutes (Mar 2027), no target"),
    ],
    ids=["stale", "percent", "unread", "aimless"],
)
def test_a_unit_is_said_once(line: MetricLine, told: str) -> None:
    assert standing_words(line).endswith(told) or f"{told}, ↑ getting worse" in standing_words(line)


def test_a_metric_on_its_path_asks_for_nothing() -> None:
    calm = metric_line(**CALM, advice="Keep it so.")

    assert "Keep it so" not in words(scores_message(scoreboard(metrics=table(calm)), None, steward=False))


def test_the_other_parts_say_their_number_and_what_to_do() -> None:
    message = scores_message(scoreboard(), None, steward=False)

    for told in (words(message), message.text):
        assert "0.62 (0.51 to 0.73), 1 is identical; ratified on 1 Feb 2027 over 1 objection. People" in told
        assert "1 of 3 customer problems (33%). 2 problems lack a part of the fix" in told
        assert "0.44 (0.30 to 0.58); 0 is mixed, 1 is split ▅▄; bridged by CX-3. Plans split" in told


def test_silence_is_counted_beside_dabbling() -> None:
    board = Scoreboard(dabbling=Dabbling(sentence="Ask who can.", ratio=0.4, count=4, unsaid=9))

    assert (
        "4 initiatives (40%); 9 more name no problem. Ask who can." in scores_message(board, None, steward=False).text
    )


def test_of_many_metrics_the_others_are_counted() -> None:
    board = scoreboard(metrics=table(*[metric_line()] * 8, total=30))
    said = words(scores_message(board, None, steward=False))

    assert said.count("Handling time: ") == METRICS_SHOWN
    assert f"…and {30 - METRICS_SHOWN} more: /cx metrics" in said


def test_stewards_are_told_what_would_make_known_what_is_not() -> None:
    assert "open a naming round with “/cx agree”" in words(Message("", scores_blocks(Scoreboard(), None, steward=True)))
    assert scores_blocks(Scoreboard(), None, steward=False) == []


def test_without_scores_one_is_told_how_they_come() -> None:
    assert "/cx setup" in scores_message(Scoreboard(), None, steward=False).text


def test_the_picture_says_the_same_in_words() -> None:
    (image,) = elements(scores_message(scoreboard(), "F1", steward=False), "image")

    assert image["slack_file"] == {"id": "F1"}
    assert "Handling time: ✗ off track, 10 minutes (1 Mar 2027)" in image["alt_text"]


@pytest.mark.parametrize("text", [LONG, NASTY])
def test_the_largest_scoreboard_fits(text: str) -> None:
    accepted(scores_message(largest_scoreboard(text), "F1", steward=True))


@pytest.mark.parametrize(
    ("values", "bars"), [((), ""), ((5,), ""), ((5, 5), "▁▁"), ((1, 2, 3), "▁▅█"), ((-1, 1), "▁█")]
)
def test_bars_go_from_the_lowest_to_the_highest(values: tuple[float, ...], bars: str) -> None:
    assert sparkline(values) == bars


def test_what_lies_beyond_the_scale_is_drawn_at_its_end() -> None:
    assert sparkline((-0.4, 0.5, 1.2), (0.0, 1.0)) == "▁▅█"


def test_a_value_carries_its_unit() -> None:
    assert [valued(42.0, "%"), valued(4.25, "points"), valued(3, "")] == ["42%", "4.25 points", "3"]
