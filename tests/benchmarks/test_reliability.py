from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planning.similarity.training.measures import Interval
from tests.benchmarks.gold import Pool
from tests.benchmarks.reliability import FEWEST, STRUCTURE, TEXT, Bin, astray, bins, curves, drawn, said, show
from tests.planning.portfolios import initiative

ONCE = np.ones((1, 4))


def pool(name: str, stages: tuple[int, ...] = ()) -> Pool:
    """Twenty pairs, the alike ones worth telling of."""
    initiatives = tuple(initiative(row + 1, stages=stages) for row in range(40))
    cosines = np.linspace(0, 1, 20)
    return Pool(name, initiatives, np.arange(40).reshape(20, 2), np.where(cosines > 0.6, 3.0, 0.0), cosines)


def told(said: float, true: float, pairs: int = FEWEST) -> Bin:
    return Bin(0.0, 1.0, pairs, said, Interval(true, true, true))


def test_a_bin_has_what_was_said_on_average_and_the_share_that_is_true() -> None:
    first, last = bins(np.array([0.01, 0.03, 0.9, 1.0]), np.array([False, False, True, False]), ONCE)

    assert (first.pairs, first.true.value) == (2, 0.0)
    assert (last.pairs, last.true.value) == (2, 0.5)
    assert [first.said, last.said] == pytest.approx([0.02, 0.95])


def test_bins_without_pairs_are_left_out() -> None:
    (only,) = bins(np.full(4, 0.15), np.ones(4, bool), ONCE)

    assert (only.low, only.high) == (0.1, 0.2)


def test_the_interval_is_of_the_pairs_that_were_drawn() -> None:
    weights = np.array([[1.0, 0, 0, 0], [0, 1.0, 1.0, 1.0]])

    (only,) = bins(np.full(4, 0.15), np.array([True, False, False, False]), weights)

    assert only.true.value == 0.25
    assert only.true.low == pytest.approx(0.025)
    assert only.true.high == pytest.approx(0.975)


def test_astray_counts_each_pair_the_same() -> None:
    assert astray([told(0.1, 0.2, pairs=30), told(0.9, 0.5, pairs=10)]) == pytest.approx(0.175)


def test_text_alone_knows_nothing_of_shared_stages() -> None:
    plain, staged = pool("plain"), pool("staged", stages=(1,))
    others = pool("other", stages=(2,))

    first, second = (said([one, others])[TEXT][one.name] for one in (plain, staged))

    assert np.array_equal(first, second)


def test_without_structure_text_alone_says_the_same_as_everything() -> None:
    bare = replace(
        pool("bare"),
        initiatives=tuple(initiative(row + 1, starts_on=None, ends_on=None, stages=()) for row in range(40)),
    )

    scores = said([bare, pool("other")])

    assert scores[TEXT]["bare"] == pytest.approx(scores[STRUCTURE]["bare"])


def test_real_portfolios_and_companies_have_curves_of_their_own() -> None:
    found = curves([pool("town"), pool("company", stages=(1,))])

    assert [*found] == ["real", "companies", "all"]
    assert sum(one.pairs for one in found["all"][STRUCTURE]) == 40


def test_the_table_names_each_group_and_what_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    show({"real": {TEXT: [told(0.1, 0.2)]}})

    assert "real, text alone: 0.100 astray" in capsys.readouterr().out


def test_the_picture_has_a_panel_for_each_group_and_leaves_out_bins_of_a_few_pairs() -> None:
    each = {TEXT: [told(0.1, 0.2), told(0.9, 0.0, pairs=FEWEST - 1)], STRUCTURE: []}

    picture = drawn({"real": each, "companies": each, "all": each})

    assert [axes.get_title(loc="left") for axes in picture.axes] == ["Real", "Companies"]
    assert [line.get_ydata() for line in picture.axes[0].lines if line.get_marker() == "s"] == [[0.2]]


def test_the_picture_is_written_as_png(tmp_path: Path) -> None:
    drawn({"real": {TEXT: [told(0.1, 0.2)]}}).savefig(tmp_path / "curve.png")

    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")
