"""Builders of planning values for tests: keyword overrides, fixed dates."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from planning.agreement.results import MeasureNamed, ScoreResult
from planning.initiatives.values import Contact, Draft, Initiative, Intent
from planning.journey.values import Journey, Segment, Stage, Touchpoint
from planning.portfolio.holdings import Holdings
from planning.portfolio.values import Portfolio
from planning.similarity import settled
from planning.window import Window
from planning.workspace.values import Department, Person, Role

NOON = datetime(2027, 1, 11, 12, 0, tzinfo=UTC)
TODAY = NOON.date()
MARKETING, CLAIMS, BILLING = (Department(1, "Marketing"), Department(2, "Claims"), Department(3, "Billing"))
HOUSEHOLDS, HOMES, FLOOD_HOMES, FIRMS = (
    Segment(1, "Households"),
    Segment(2, "Homes", parent=1),
    Segment(3, "Flood homes", parent=2),
    Segment(4, "Small firms"),
)
LETTER, EMAIL = Touchpoint(1, "Letter"), Touchpoint(2, "Email")
QUOTE, CLAIM, RENEW = (
    Stage(1, "Quote", 1, weight=4),
    Stage(2, "Claim", 2, weight=5),
    Stage(3, "Renew", 3, weight=2),
)
JOURNEY = Journey(1, (QUOTE, CLAIM, RENEW), (HOUSEHOLDS, HOMES, FLOOD_HOMES, FIRMS), (LETTER, EMAIL))
PEOPLE = (
    Person(1, "Mia Lead", "U1", department=1, roles=frozenset({Role.LEAD})),
    Person(2, "Carl Lead", "U2", department=2, roles=frozenset({Role.LEAD})),
    Person(3, "Ben Owner", "U3", department=1),
)


def draft(**changes: Any) -> Draft:
    """A complete draft of Marketing."""
    values: dict[str, Any] = {
        "title": "A letter to members",
        "problem": "Members do not know what they have bought.",
        "department": 1,
        "owner": 3,
        "starts_on": date(2027, 2, 1),
        "ends_on": date(2027, 4, 30),
        "stages": (1,),
    }
    return Draft(**(values | changes))


def initiative(id: int = 1, **changes: Any) -> Initiative:
    """A registered initiative; the changes are its draft's."""
    return Initiative(id, draft(**changes), NOON, NOON, registered_by=3)


def score(stage: int, targets: tuple[float, ...], measure: str = "Effort") -> ScoreResult:
    """The leads of a stage named one measure, and these targets for it; one target is what both named."""
    asked = max(len(targets), 2)
    named = MeasureNamed(name=measure, support=asked, targets=targets, unit="%")
    return ScoreResult(
        stage=stage, name="As it was", asked=asked, answered=asked, measures=(named,), agreed=len(targets) == 1
    )


def contact(intent: str = "inform", segment: Segment = HOMES, days: tuple[int, int] = (1, 14)) -> Contact:
    """A contact by letter on days of March 2027."""
    window = Window(date(2027, 3, days[0]), date(2027, 3, days[1]))
    return Contact(segment.id, LETTER.id, Intent(intent), window)


def portfolio(*initiatives: Initiative, vectors: Sequence[Sequence[float]] | None = None, **fields: Any) -> Portfolio:
    """The company with these live initiatives; without vectors, texts that are unlike each other."""
    size = max(len(initiatives), 1)
    matrix = np.eye(size) if vectors is None else np.array(vectors, dtype=float)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit = settled((matrix / lengths)[: len(initiatives)].astype(np.float32))
    holdings = Holdings.of(initiatives, unit, "test-encoder")
    company = Portfolio(TODAY, (MARKETING, CLAIMS, BILLING), PEOPLE, JOURNEY, holdings)
    return replace(company, **fields)
