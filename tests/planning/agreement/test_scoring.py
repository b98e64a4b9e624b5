import pytest

from bot.encoder import open_encoder
from planning.agreement.answers import SaidScore
from planning.agreement.results import MeasureNamed, ScoreResult
from planning.agreement.scoring import score_result
from tests.planning.agreement.given import Unreading

METRICS = {4: "Renewal rate", 5: "Churn rate"}


def said(measure: str, target: float = 40, unit: str = "", metric: int | None = None) -> SaidScore:
    return SaidScore(measure=measure, target=target, unit=unit, metric=metric)


def result(*answers: SaidScore) -> ScoreResult:
    return score_result(1, "Use", answers, 5, METRICS, Unreading())


def test_one_measure_and_one_target_is_agreement() -> None:
    found = result(said("NPS", 40), said("nps", 40), said("NPS", 40))

    assert found.agreed
    assert found.measures == (MeasureNamed(name="NPS", support=3, targets=(40, 40, 40)),)
    assert (found.stage, found.name, found.asked, found.answered) == (1, "Use", 5, 3)


@pytest.mark.parametrize(
    "other", [said("NPS", 45), said("Handle time", 40), said("NPS", 40, "%")], ids=["target", "measure", "unit"]
)
def test_another_target_measure_or_unit_is_a_difference(other: SaidScore) -> None:
    assert not result(said("NPS", 40, "points"), other).agreed


def test_who_gives_no_unit_means_the_usual_one() -> None:
    found = result(said("NPS", 40, "points"), said("NPS", 40))

    assert found.agreed
    assert found.measures[0].unit == "points"


def test_units_that_differ_are_both_told() -> None:
    found = result(said("NPS", 40, "%"), said("NPS", 40, "points"), said("NPS", 40, "Points"))

    assert [one.unit for one in found.measures] == ["Points or %"]


def test_one_answer_is_no_agreement_and_is_not_told() -> None:
    assert not result(said("NPS")).agreed
    assert result(said("NPS")).measures == ()
    assert not result().agreed


def test_a_metric_on_record_is_one_measure_whether_chosen_or_typed() -> None:
    (measure,) = result(said("whatever", 90, metric=4), said("renewal RATE", 80)).measures

    assert measure == MeasureNamed(name="Renewal rate", support=2, targets=(80, 90))


def test_a_metric_that_is_gone_is_matched_by_its_name() -> None:
    (measure,) = result(said("Wait", metric=99), said("wait", metric=98)).measures

    assert (measure.name, measure.support) == ("Wait", 2)


def test_two_metrics_are_never_one_measure() -> None:
    twins = {4: "NPS", 5: "Net promoter score"}

    found = score_result(1, "Use", [said("a", metric=4), said("b", metric=5)], 2, twins, Unreading())

    assert len(found.measures) == 2


@pytest.mark.parametrize(
    ("one", "other"), [("Net promoter score", "NPS"), ("Customer effort", "Effort score"), ("Churn", "Churn rate")]
)
def test_names_that_mean_the_same_are_one_measure(one: str, other: str) -> None:
    found = score_result(1, "Use", [said(one), said(other)], 2, {}, open_encoder())

    assert found.agreed


@pytest.mark.parametrize(
    ("one", "other"), [("Churn rate", "Renewal rate"), ("NPS", "CSAT"), ("Waiting time", "Handling time")]
)
def test_names_that_mean_something_else_are_two_measures(one: str, other: str) -> None:
    found = score_result(1, "Use", [said(one), said(other)], 2, {}, open_encoder())

    assert len(found.measures) == 2


def test_the_measure_that_most_named_comes_first() -> None:
    found = result(said("Calls"), said("Visits"), said("visits"), said("Visits"))

    assert [(measure.name, measure.support) for measure in found.measures] == [("Visits", 3), ("Calls", 1)]
