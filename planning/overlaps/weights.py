"""The evidence for duplicate effort and how much each piece weighs.

The weights are a logistic regression, none negative, on 4,193 pairs of initiatives that readers judged: six sets of
real portfolios and five of invented companies, none of which the encoder had learnt from (`python -m
tests.benchmarks.fitting` fits them anew and prints what follows; `tests.benchmarks.forms` compares other forms). That
both name one problem does not bring a pair to the threshold: a split problem tells of that. From ALERT on, by weights
fitted without the set, 0.81 of the alerts were right (105 alerts; bootstrap interval 0.67 to 0.92), 0.83 on real
portfolios and 0.69 in companies; with the threshold chosen without the set as well, 0.81 (88 alerts). They find 0.17 of
what two leads would want to know of: 0.22 on real portfolios, 0.06 in companies, where the texts are the limit; with
the pairs that a split problem tells of 0.29 in companies. Touchpoints and metrics tell next to nothing that stages and
segments do not.
"""

from typing import NamedTuple

UNSAID = 0.6
"""Evidence where one of the two does not say: neither shared nor known not to be."""


class Evidence(NamedTuple):
    """What speaks for two initiatives being the same work, each 0 to 1.

    `cosine` of their texts; for the others 1 where they name something in common, 0 where both say and nothing is
    common, UNSAID where one does not say; `problem` is 1 only where both name the same customer problem.
    """

    cosine: float
    stages: float
    segments: float
    touchpoints: float
    days: float
    metrics: float
    problem: float


WEIGHTS = Evidence(cosine=10.7, stages=2.5, segments=1.8, touchpoints=0.1, days=1.0, metrics=0.0, problem=2.4)
"""The cosine counts by its cube: only texts that are close speak for themselves."""
BIAS = -6.3

FITTED_TO = "concord-minilm-int8-bae08e1a0262-en"
"""The version of the encoder whose cosines the weights were fitted to."""

ALERT = 0.63
"""From this probability on leads are told: the least with which four of five alerts on unseen sets are right."""
SHOWN = 0.15
"""From this probability on the person who registers is asked, before it is saved, of at most three.

A glance costs less than an alert: of what is shown a third (real) to a half (companies) is right, and of those who
have something to be told two in three (real) to four in five (companies) see it.
"""
