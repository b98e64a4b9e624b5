import pytest

from handlers.views.scores import METRICS_SHOWN, scores_blocks, scores_message
from handlers.views.standings import sparkline, valued
from handlers.views.text import Message
from planning.metrics.standing import Status
from planning.scoreboard.values import Dabbling, Scoreboard
from tests.handlers.views.boards import largest_scoreboard, metric_line, scoreboard, table
from tests.handlers.views.limits import LONG, NASTY, accepted, elements, words

CALM = {"status": Status.ON_TRACK, "way": None, "improving": None}


def test_a_metric_stands_in_one_row_with_sign_word_and_bars() -> None:
    said = words(scores_message(scoreboard(), None, steward=False))

    assert "✗ off track · 10 minutes (1 Mar 2027) · target 6 minutes by 1 September 2027 · ↑ getting worse" in said
    assert "▁▅█. Say which initiative moves it, or move the date." in said


def test_a_metric_on_its_path_asks_for_nothing() -> None:
    calm = metric_line(**CALM, advice="Keep it so.")

    assert "Keep it so" not in words(scores_message(scoreboard(metrics=table(calm)), None, steward=False))


def test_the_other_parts_say_their_number_and_what_to_do() -> None:
    message = scores_message(scoreboard(), None, steward=False)

    for told in (words(message), message.text):
        assert "0.62, between 0.51 and 0.73 (0 as by chance, 1 identical); ratified on 1 February 2027" in told
        assert "1 of 3 customer problems (33%). 2 problems lack a part of the fix" in told
        assert "bridged by CX-3 “One letter for all”" in told


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


def test_a_value_carries_its_unit() -> None:
    assert [valued(42.0, "%"), valued(4.25, "points"), valued(3, "")] == ["42%", "4.25 points", "3"]
