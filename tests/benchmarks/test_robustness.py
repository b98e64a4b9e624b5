import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest

from planning.similarity import Encoder, Floats
from planning.similarity.training.texts import Told
from tests.benchmarks.certainty import certainty, foreign, written
from tests.benchmarks.editing import (
    BOILERPLATE,
    EDITS,
    Change,
    Edit,
    Reading,
    as_written,
    boilerplate,
    department_in_front,
    title_alone,
    typing_errors,
)
from tests.benchmarks.gold import Pool
from tests.benchmarks.robustness import as_json, compared, measured, order_differences, show, steadiness
from tests.planning.portfolios import initiative
from tests.planning.transfer.given import Scattered

BRIDGE = Told("Roads", "Fix the bridge", "It is closed to carts, and people walk around by the mill.")


@dataclass(frozen=True)
class Alike:
    """An encoder that takes all texts for the same, but for those it is said not to read."""

    reads: Callable[[str], bool] = bool
    version: str = "alike"
    dimension: int = 2

    def encode(self, texts: Sequence[str]) -> Floats:
        return np.array([[self.reads(text), 0] for text in texts], np.float32)


def judged(encoder: Encoder) -> Reading:
    """Four initiatives, of which the first two and the last two are worth telling of, and the middle ones not."""
    made = tuple(initiative(row + 1, title=f"Title {row}", problem=f"Problem {row}.") for row in range(4))
    pool = Pool("town", made, np.array([[0, 1], [1, 2], [2, 3]]), np.array([3.0, 0, 3]), np.zeros(3))
    return Reading.of(pool, {"Title 0. Problem 0.": "Roads"}, encoder)


def pool(*cosines: float) -> Pool:
    return replace(judged(Alike()).pool, cosines=np.array(cosines))


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_an_edit_changes_the_text_and_is_the_same_each_time(edit: Edit) -> None:
    assert edit.change(BRIDGE) == edit.change(BRIDGE) != BRIDGE.text


def test_typing_errors_lose_no_letter_and_there_is_one_at_least() -> None:
    short = Told("Roads", "Bridge", "")

    assert sorted(typing_errors(BRIDGE)) == sorted(BRIDGE.text)
    assert typing_errors(short) != "Bridge"


@pytest.mark.parametrize("title", ["", "A"])
def test_a_text_without_two_letters_has_no_typing_error(title: str) -> None:
    assert typing_errors(Told("Roads", title, "")) == title


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (boilerplate, f"{BRIDGE.text} {BOILERPLATE}"),
        (department_in_front, f"Roads: {BRIDGE.text}"),
        (title_alone, "Fix the bridge"),
    ],
)
def test_what_is_added_or_dropped(change: Change, text: str) -> None:
    assert change(BRIDGE) == text


def test_an_initiative_knows_who_wrote_its_text() -> None:
    assert [told.department for told in judged(Alike()).told] == ["Roads", "", "", ""]


def test_only_judged_texts_are_read() -> None:
    whole = judged(Alike())
    part = replace(whole, pool=whole.pool.only(np.array([True, False, False])))

    assert part.read(as_written).any(axis=1).tolist() == [True, True, False, False]


def test_both_texts_of_a_pair_are_read_with_the_change() -> None:
    titles = judged(Alike(reads=lambda text: "Problem" not in text))

    assert titles.after(title_alone).cosines.tolist() == [1, 1, 1]
    assert titles.after(as_written).cosines.tolist() == [0, 0, 0]


def test_a_pair_is_as_probable_whichever_comes_first() -> None:
    given = judged(Scattered())

    assert order_differences(given.pool, given.read(as_written)) == 0


def test_an_edit_that_the_encoder_looks_past_changes_nothing() -> None:
    given = judged(Alike())

    it = steadiness(EDITS[0], [given], [given.read(as_written)])

    assert (it.mean_change, it.greatest_change, it.alert_changed, it.shown_changed) == (0, 0, 0, 0)
    assert (it.told_before, it.still_told) == (6, 1)


def test_an_edit_that_makes_a_text_unreadable_silences_its_pairs() -> None:
    given = judged(Alike(reads=lambda text: not text.isupper()))

    it = steadiness(EDITS[0], [given], [given.read(as_written)])

    assert it.mean_change == pytest.approx(it.greatest_change)
    assert (it.alert_changed, it.still_told, it.silenced) == (1, 0, 4)


def test_an_edit_of_both_texts_counts_each_pair_once() -> None:
    given = judged(Alike())

    it = steadiness(Edit("on both", boilerplate, both=True), [given], [given.read(as_written)])

    assert it.told_before == 3


def test_changes_are_counted_over_all_pairs_and_alerts_over_those_told_before() -> None:
    it = compared([pool(1, 1, 0)], [pool(1, 0, 0)])

    assert it.alert_changed == pytest.approx(1 / 3)
    assert (it.told_before, it.still_told) == (2, 0.5)
    assert it.mean_change == pytest.approx(it.greatest_change / 3)


def test_of_no_alerts_none_can_remain() -> None:
    assert compared([pool(0, 0, 0)], [pool(0, 0, 0)]).still_told is None


def test_certainty_sets_what_is_said_beside_what_readers_said() -> None:
    it = certainty([pool(1, 1, 0)])

    assert it.said == pytest.approx(pool(1, 1, 0).probabilities.mean())
    assert it.true == pytest.approx(2 / 3)
    assert (it.alerts, it.precision) == (2, 0.5)


def test_every_pair_is_in_one_bin() -> None:
    it = certainty([pool(1, 0.5, 0), pool(0.3, 0.9, 1)])

    assert sum(each.pairs for each in it.bins) == 6
    assert sum(each.pairs * each.said for each in it.bins) == pytest.approx(6 * it.said)


def test_texts_that_are_all_taken_for_the_same_are_false_alerts() -> None:
    it = foreign(Alike(), ["one", "two", "three"])

    assert (it.unread, it.false_alerts) == (0, 1)


def test_texts_that_are_not_read_raise_no_alert() -> None:
    it = foreign(Alike(reads=lambda text: False), ["one", "two", "three"])

    assert (it.unread, it.false_alerts) == (1, 0)


@pytest.mark.parametrize("name", sorted(written()))
def test_each_language_has_ten_different_texts(name: str) -> None:
    assert len(set(written()[name])) == 10


def test_a_title_ends_where_its_sentence_ends() -> None:
    assert written()["English, titles"][1] == "Parcel tracking in the app"
    assert written()["Japanese, titles"][1] == "アプリで荷物を追跡"


def test_the_report_counts_all_sets_and_names_the_encoder() -> None:
    report = measured([judged(Alike()), judged(Alike())])

    assert (report.encoder, report.pairs, report.order_differences) == ("alike", 6, 0)
    assert report.edits.keys() == {edit.name for edit in EDITS}


def test_the_tables_have_a_line_for_every_edit_and_language(capsys: pytest.CaptureFixture[str]) -> None:
    show(measured([judged(Alike())]))

    lines = capsys.readouterr().out.splitlines()
    assert all(any(line.startswith(name) for line in lines) for name in (*(edit.name for edit in EDITS), *written()))


def test_json_has_null_where_nothing_was_told() -> None:
    report = json.loads(as_json(measured([judged(Alike(reads=lambda text: False))])))

    assert report["edits"]["upper case"]["still_told"] is None
    assert report["certainty"]["titles alone"]["precision"] is None
