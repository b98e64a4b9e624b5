"""What the product finds in a portfolio, read as an import does, in the words of its own files."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from planning.findings.values import Found, Member, Rule, Subject
from planning.gaps.finding import find_gaps
from planning.overlaps.finding import find_overlaps
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio
from planning.similarity import Encoder
from tests.benchmarks.importing import SEEN_ON, imported
from tests.benchmarks.truth import COLLISION, Ids

KINDS = {Rule.CONTACT_CROWDING: COLLISION}
"""What the truth calls the findings of a rule, where it is not the rule's own name."""


def portfolio_of(path: Path, encoder: Encoder) -> tuple[Portfolio, Mapping[int, str]]:
    """The portfolio as an import leaves it, and the id in the file of each initiative."""
    with imported(path, encoder) as register:
        portfolio = replace(register.initiatives.portfolio(SEEN_ON), today=SEEN_ON.date())
        return portfolio, {one.id: one.source_id for one in portfolio.initiatives}


def detected(portfolio: Portfolio, sources: Mapping[int, str]) -> dict[str, dict[Ids, str]]:
    """Kind → what is found of it, with the sentences of its facts."""
    everything = Scope.everything(portfolio)
    kinds: dict[str, dict[Ids, str]] = {}
    for found in (*find_overlaps(portfolio, everything), *find_gaps(portfolio, everything)):
        sentences = " ".join(fact.sentence for fact in found.facts)
        told = kinds.setdefault(KINDS.get(found.rule, found.rule.value), {})
        ids = _ids(found, portfolio, sources)
        told[ids] = f"{told[ids]} {sentences}" if ids in told else sentences
    return kinds


def _ids(found: Found, portfolio: Portfolio, sources: Mapping[int, str]) -> Ids:
    """Its initiatives as the file names them; else the name of what it is about."""
    ids = found.initiatives()
    return frozenset(sources[id] for id in ids) if ids else frozenset({_name(found.members[0], portfolio)})


def _name(member: Member, portfolio: Portfolio) -> str:
    journey = portfolio.journey
    names = {
        Subject.STAGE: journey.stage_names(),
        Subject.SEGMENT: journey.segment_names(),
        Subject.METRIC: portfolio.metric_names,
        Subject.PROBLEM: portfolio.problem_names,
    }
    return names.get(member.kind, {}).get(member.id, str(member))
