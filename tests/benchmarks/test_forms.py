from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from tests.benchmarks import forms
from tests.benchmarks.forms import FORMS, above, hinge, likeliest, losses, power, trial
from tests.benchmarks.gold import Pool
from tests.benchmarks.weighing import Form, left_out
from tests.planning.portfolios import initiative

COSINES = np.linspace(-1, 1, 41)


def pool(name: str, size: int = 60) -> Pool:
    """Pairs of which one in two is worth telling of above a cosine of 0.5, and none below."""
    cosines = np.linspace(0, 1, size)
    positive = (cosines > 0.5) & (np.arange(size) % 2 == 0)
    initiatives = tuple(initiative(row + 1) for row in range(2 * size))
    return Pool(name, initiatives, np.arange(2 * size).reshape(size, 2), np.where(positive, 3.0, 0.0), cosines)


@pytest.mark.parametrize("each", FORMS.values(), ids=FORMS)
def test_no_form_falls_as_the_cosine_rises(each: Sequence[Form]) -> None:
    assert all((np.diff(form(COSINES), axis=0) >= 0).all() for form in each)


@pytest.mark.parametrize("each", FORMS.values(), ids=FORMS)
def test_every_form_tells_close_texts_from_far_ones(each: Sequence[Form]) -> None:
    assert all((form(np.array([0.9])) > form(np.array([0.1]))).any() for form in each)


def test_the_bend_is_where_the_judgements_have_it() -> None:
    made = pool("first", size=1000)
    chances = 1 / (1 + np.exp(2 - 10 * np.maximum(made.cosines - 0.5, 0)))
    grades = np.where(np.random.default_rng(1).random(1000) < chances, 3.0, 0.0)

    fit = likeliest([hinge(bend) for bend in (0.1, 0.5, 0.9)])([replace(made, grades=grades)])

    assert fit.form(np.array([0.5, 0.7]))[:, 0].tolist() == pytest.approx([0.0, 0.2])


def test_a_form_is_not_above_itself() -> None:
    pools = [pool("first"), pool("second")]
    mine = losses(pools, left_out(pools))

    assert above(pools, mine, mine).value == 0


def test_a_sure_and_wrong_score_loses_more_than_an_unsure_one() -> None:
    one = pool("first")
    sure, unsure = (losses([one], {"first": np.where(one.positive, 1 - said, said)})[0] for said in (0.9, 0.5))

    assert sure.mean() > unsure.mean()


def test_a_trial_has_every_figure() -> None:
    pools = [pool("first"), pool("second"), pool("third")]
    other = losses(pools, left_out(pools))

    it = trial(pools, likeliest([power(1)]), other)

    assert it.told.positive == sum(int(each.positive.sum()) for each in pools)
    assert it.above.value == pytest.approx(it.loss - np.mean([each.mean() for each in other]))
    assert 0 < it.mean_precision <= 1
    assert 0 <= it.astray < 1


def test_a_line_is_printed_for_each_form(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(forms, "default_pools", lambda: [pool("first"), pool("second"), pool("third")])
    monkeypatch.setattr(forms, "FORMS", {"cosine": (power(1),), "cube": (power(3),)})

    forms.main()

    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["loss", "cosine", "cube"]
