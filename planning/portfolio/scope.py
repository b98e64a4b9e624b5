"""What a change can have changed: where the rules have to look again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from planning.findings.values import Found, Member, Subject
from planning.initiatives.values import Initiative
from planning.metrics.feeding import fed
from planning.portfolio.values import Portfolio


@dataclass(frozen=True)
class Scope:
    """Ids of what is looked at; `initiatives` None means all of them."""

    initiatives: frozenset[int] | None
    stages: frozenset[int] = frozenset()
    hand_offs: frozenset[int] = frozenset()
    segments: frozenset[int] = frozenset()
    metrics: frozenset[int] = frozenset()
    problems: frozenset[int] = frozenset()
    pools: frozenset[int] = frozenset()

    @classmethod
    def everything(cls, portfolio: Portfolio) -> Self:
        """All that there is."""
        journey = portfolio.journey
        return cls(
            None,
            frozenset(stage.id for stage in journey.stages),
            frozenset(hand_off.id for hand_off in journey.hand_offs),
            frozenset(segment.id for segment in journey.segments),
            frozenset(metric.id for metric in portfolio.metrics),
            frozenset(problem.id for problem in portfolio.problems),
            frozenset(pool.id for pool in portfolio.pools),
        )

    @classmethod
    def around(cls, changed: Iterable[Initiative], portfolio: Portfolio) -> Self:
        """What depends on initiatives: give each as it was before and as it is now.

        Segments count with all that they are part of and all that is part of them; metrics with all that they feed.
        Where no other initiative says anything of a kind, silence may begin or end, and all of that kind counts.
        """
        each = [(one.id, one.draft) for one in changed]
        stages = frozenset(stage for _, draft in each for stage in draft.stages)
        named = {segment for _, draft in each for segment in (*draft.segments, *(c.segment for c in draft.contacts))}
        near = cls(
            frozenset(id for id, _ in each),
            stages,
            frozenset(one.id for one in portfolio.journey.hand_offs if {one.before, one.after} & stages),
            _related(named, portfolio),
            fed({effect.metric for _, draft in each for effect in draft.effects}, portfolio.metrics),
            frozenset(draft.serves for _, draft in each if draft.serves is not None),
            frozenset(request.pool for _, draft in each for request in draft.requests),
        )
        return near._with_silence(portfolio)

    def covers(self, found: Found) -> bool:
        """Whether a pass over this scope would find it: by what it is about, else by its initiatives."""
        lasting = [member for member in found.members if member.kind is not Subject.INITIATIVE]
        return self.initiatives is None or any(map(self._has, lasting or found.members))

    def members(self) -> frozenset[Member]:
        """Everything in it, as members of findings; not asked of everything."""
        ids = {kind: getattr(self, _FIELDS[kind]) or () for kind in Subject}
        return frozenset(Member(kind, id) for kind, some in ids.items() for id in some)

    def _with_silence(self, portfolio: Portfolio) -> Self:
        unsaid = _unsaid_by_others(self.initiatives or frozenset(), portfolio)
        whole = type(self).everything(portfolio) if unsaid else self
        return replace(self, **{kind: getattr(whole, kind) for kind in unsaid})

    def _has(self, member: Member) -> bool:
        return member.id in (getattr(self, _FIELDS[member.kind]) or ())


_FIELDS = {kind: f"{kind}s" for kind in Subject}


def _related(segments: set[int], portfolio: Portfolio) -> frozenset[int]:
    lineages = portfolio.journey.lineages()
    above = {id for segment in segments for id in lineages.get(segment, ())}
    below = {id for id, lineage in lineages.items() if segments & set(lineage)}
    return frozenset(above | below)


def _unsaid_by_others(ids: frozenset[int], portfolio: Portfolio) -> list[str]:
    """The kinds of which no live initiative but these says anything; a table has one row for each thing said."""
    holdings, columns = portfolio.holdings, portfolio.holdings.columns
    drafts = [live.draft for id in ids if (live := holdings.by_id(id)) is not None]
    stages = len(columns.stages.of) > sum(len(draft.stages) for draft in drafts)
    addressed = len(columns.segments.of) + len(columns.contacts.of)
    others = np.delete(columns.rows.departments, holdings.rows(ids))
    said = {
        "stages": stages and len(others) > 0 and others.min() != others.max(),
        "hand_offs": stages,
        "segments": addressed > sum(len(draft.segments) + len(draft.contacts) for draft in drafts),
        "metrics": len(columns.effects.of) > sum(len(draft.effects) for draft in drafts),
        "problems": np.count_nonzero(columns.rows.problems) > sum(draft.serves is not None for draft in drafts),
    }
    return [kind for kind, by_others in said.items() if not by_others]
