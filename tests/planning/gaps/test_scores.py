from dataclasses import replace

from planning.findings.facts import AimedAt, ScoreDisputed
from planning.findings.values import Choice, Rule
from tests.builders import verdict
from tests.planning.gaps.companies import gaps_of, subjects
from tests.planning.portfolios import CLAIM, QUOTE, portfolio, score


def test_a_stage_whose_leads_aim_at_different_targets_is_a_gap_heaviest_first() -> None:
    company = portfolio(scores=(score(QUOTE.id, (40, 55)), score(CLAIM.id, (1, 2))))

    assert subjects(company, Rule.SCORE_DISPUTED) == ["stage:2", "stage:1"]


def test_one_target_no_answers_and_a_stage_that_went_are_no_gap() -> None:
    silent = score(CLAIM.id, (1, 2)).model_copy(update={"answered": 1})

    assert subjects(portfolio(scores=(score(QUOTE.id, (40,)), silent, score(9, (1, 2)))), Rule.SCORE_DISPUTED) == []


def test_what_is_said_names_the_measures_and_targets_under_the_name_that_the_stage_has_now() -> None:
    (gap,) = gaps_of(portfolio(scores=(score(QUOTE.id, (40, 40, 55)),)), Rule.SCORE_DISPUTED)

    assert gap.why == (
        "Asked alone, the leads of “Quote” do not aim at one score: “Effort” at 40 or 55% (importance 4 of 5)."
    )


def test_targets_that_hardly_differ_are_told_apart_and_many_measures_are_counted() -> None:
    aims = tuple(AimedAt(measure=f"M{n}", targets=(0.1234, 0.1235)) for n in range(6))
    said = ScoreDisputed(stage="Quote", weight=3, aims=aims).sentence

    assert "“M0” at 0.1234 or 0.1235" in said
    assert "“M3”" in said
    assert "“M4”" not in said
    assert "; and 2 more" in said


def test_a_dismissal_holds_until_somebody_names_something_else() -> None:
    (gap,) = gaps_of(portfolio(scores=(score(QUOTE.id, (40, 55)),)), Rule.SCORE_DISPUTED)
    (other,) = gaps_of(portfolio(scores=(score(QUOTE.id, (40, 60)),)), Rule.SCORE_DISPUTED)
    dismissal = verdict(Choice.DIFFERENT, gap)

    assert dismissal.holds(replace(gap, score=0.1))
    assert not dismissal.holds(other)
