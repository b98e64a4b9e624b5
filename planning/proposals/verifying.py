"""Asking the real rules what a proposal would leave behind: nothing may be there that was not there before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from planning.findings.values import Found
from planning.overlaps.finding import find_overlaps
from planning.portfolio.values import Portfolio
from planning.proposals.applying import applied
from planning.proposals.changes import Change, Merged
from planning.proposals.scene import around, with_initiatives


@dataclass(frozen=True)
class Outlook:
    """The portfolio as it is and as it would be, and what the rules find around what changes."""

    now: Portfolio
    changes: Sequence[Change]

    @cached_property
    def then(self) -> Portfolio:
        """As it would be."""
        if not self.changes:
            return self.now
        return with_initiatives(self.now, applied({one.id: one for one in self.now.initiatives}, self.changes))

    @cached_property
    def changed(self) -> frozenset[int]:
        """The initiatives that change, or take over from one that is given up."""
        into = {change.into for change in self.changes if isinstance(change, Merged)}
        return frozenset(into | {change.initiative for change in self.changes})

    @cached_property
    def new(self) -> list[Found]:
        """What would be found that is not found now."""
        if not self.changes:
            return []
        scope = around(self.changed, self.now)
        merged = {change.initiative: change.into for change in self.changes if isinstance(change, Merged)}
        return new_overlaps(find_overlaps(self.now, scope), find_overlaps(self.then, scope), merged)


def new_overlaps(before: Iterable[Found], after: Iterable[Found], merged: Mapping[int, int]) -> list[Found]:
    """The findings that were not there before: of a pool, segment or problem also those that somebody has joined.

    What was said of an initiative that is given up is said of the one that it was given up for.
    """
    known: dict[str, list[frozenset[int]]] = {}
    for found in before:
        members = frozenset(merged.get(id, id) for id in found.initiatives())
        known.setdefault(found.thread, []).append(members)
    pairs = {(found.rule, members) for found in before for members in known[found.thread]}
    return [
        found
        for found in after
        if (found.rule, frozenset(found.initiatives())) not in pairs
        and not any(members.issuperset(found.initiatives()) for members in known.get(found.thread, ()))
    ]
