import json
from dataclasses import replace

import numpy as np
import pytest

from planning.overlaps.weights import ALERT
from tests.benchmarks.baselines import BEFORE
from tests.benchmarks.comparing import LEFT_OUT, OURS, UNTAUGHT, measured
from tests.benchmarks.gold import Pool
from tests.benchmarks.quality import NEW_TO_ENCODER, PACKAGED, as_json, show
from tests.planning.portfolios import initiative

WORDS = ("letter", "bridge", "parcel", "nurse", "queue", "password", "invoice", "heating")


def pool(name: str = "first") -> Pool:
    """Eight initiatives, each paired with the next; in every other pair both say the same."""
    initiatives = tuple(
        initiative(row + 1, title=f"The {WORDS[row // 2]}", problem=f"Nobody likes the {WORDS[row // 2]}.")
        for row in range(8)
    )
    pairs = np.array([[row, row + 1] for row in range(7)])
    alike = np.arange(7) % 2 == 0
    return Pool(name, initiatives, pairs, np.where(alike, 3.0, 0.0), np.where(alike, 0.99, 0.1))


def test_every_method_is_measured_on_every_set() -> None:
    report = measured([pool(), pool("second")])

    assert [set(one.methods) for one in report.sets.values()] == [set(report.mean_average_precision)] * 2
    assert {OURS, LEFT_OUT} < set(report.mean_average_precision)


def test_one_set_alone_has_nothing_to_be_left_out_of() -> None:
    assert LEFT_OUT not in measured([pool()]).mean_average_precision


def test_pools_that_know_the_encoder_before_it_learnt_show_what_learning_brings() -> None:
    blind = [replace(pool(name), before=np.zeros(7)) for name in ("first", "second")]

    means = measured(blind).mean_average_precision

    assert means[BEFORE].value < means[OURS].value
    assert means[UNTAUGHT].value < means[LEFT_OUT].value


def test_pools_that_do_not_know_it_have_no_such_rows() -> None:
    assert not {BEFORE, UNTAUGHT} & set(measured([pool(), pool("second")]).mean_average_precision)


@pytest.mark.parametrize(("before", "heading"), [(np.zeros(7), NEW_TO_ENCODER), (None, PACKAGED)])
def test_the_heading_says_whose_vectors_they_are(
    before: np.ndarray | None, heading: str, capsys: pytest.CaptureFixture[str]
) -> None:
    show(measured([replace(pool(), before=before)]))

    assert capsys.readouterr().out.startswith(heading)


def test_a_perfect_order_has_an_average_precision_of_one_and_loses_to_nobody() -> None:
    one = measured([pool()]).sets["first"]

    assert one.methods[OURS].average_precision.value == 1
    assert not one.margin.loses


def test_the_others_are_allowed_as_many_alerts_as_concord_raises() -> None:
    made = pool()

    methods = measured([made]).sets["first"].methods

    assert {it.alerts for it in methods.values()} == {int((made.alone >= ALERT).sum())}


def test_json_has_null_for_what_cannot_be_measured() -> None:
    hopeless = Pool("none", pool().initiatives, pool().pairs, np.zeros(7), np.zeros(7))

    told = json.loads(as_json(measured([hopeless])))

    assert told["sets"]["none"]["methods"][OURS]["average_precision"]["value"] is None


def test_tables_name_every_set_and_method(capsys: pytest.CaptureFixture[str]) -> None:
    show(measured([pool(), pool("second")]))

    shown = capsys.readouterr().out
    assert all(name in shown for name in ("first", "second", OURS, LEFT_OUT, "BM25", "Mean average precision"))
