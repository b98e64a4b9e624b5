"""Which stages have no score that their leads agree on."""

from collections.abc import Iterator

from planning.agreement.results import ScoreResult
from planning.findings.facts import AimedAt, ScoreDisputed
from planning.findings.values import Found, Member, Rule, Subject
from planning.gaps.importance import importance
from planning.journey.values import Stage
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio

DISPUTED = 0.6
ENOUGH = 2
"""One answer agrees with nobody, and with nobody it disagrees."""


def score_disputed(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """A stage whose leads, asked blind, named different measures or targets in its newest test; severity 0.6."""
    stages = {stage.id: stage for stage in portfolio.journey.stages if stage.id in scope.stages}
    for score in portfolio.scores:
        stage = stages.get(score.stage)
        if stage is not None and score.answered >= ENOUGH and not score.agreed:
            members = (Member(Subject.STAGE, stage.id),)
            yield Found(Rule.SCORE_DISPUTED, members, DISPUTED * importance(stage.weight), (_fact(stage, score),))


def _fact(stage: Stage, score: ScoreResult) -> ScoreDisputed:
    aims = tuple(AimedAt(measure=one.name, targets=one.targets, unit=one.unit) for one in score.measures)
    return ScoreDisputed(stage=stage.name, weight=stage.weight, aims=aims)
