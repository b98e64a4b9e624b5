"""Which customers nobody works for."""

from collections.abc import Iterator

from planning.findings.facts import SegmentUnserved
from planning.findings.values import Found, Member, Rule, Subject
from planning.gaps.importance import importance
from planning.gaps.naming import named
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio

UNSERVED = 0.8


def segment_unserved(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """A segment that no live initiative is for or contacts, nor one above or below it; severity 0.8.

    While no initiative names a segment at all, whom they are for is unknown.
    """
    columns, lineages = portfolio.holdings.columns, portfolio.journey.lineages()
    served = named(lineages, columns.segments.to, columns.contacts.to)
    if not served:
        return
    above = {id for segment in served for id in lineages[segment]}
    for segment in portfolio.journey.segments:
        if segment.id in scope.segments and segment.id not in above and served.isdisjoint(lineages[segment.id]):
            fact = SegmentUnserved(segment=segment.name, weight=segment.weight)
            members = (Member(Subject.SEGMENT, segment.id),)
            yield Found(Rule.SEGMENT_UNSERVED, members, UNSERVED * importance(segment.weight), (fact,))
