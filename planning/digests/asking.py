"""What is asked of the leads this week: one sentence for each department that something waits for."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from planning.digests.gaps import Missing, asked_of, missing
from planning.digests.values import Ask
from planning.findings.facts.base import listed
from planning.findings.values import Finding
from planning.initiatives.values import Initiative
from planning.portfolio.values import Portfolio
from planning.text import clip

NAMES = 3
"""As many initiatives or departments of one overlap are named; the others are counted."""
KINDS = 2
"""As many kinds of gap are told of one department beside its overlaps, the heaviest first."""


@dataclass(slots=True)
class _Burden:
    """What waits for one department: overlaps in the order in which they wait, gaps worst first."""

    overlaps: list[Finding] = field(default_factory=list)
    gaps: list[Missing] = field(default_factory=list)

    def urgency(self, now: datetime) -> tuple[float, ...]:
        waits = max(((now - finding.opened_at).days for finding in self.overlaps), default=-1)
        return (waits, len(self.overlaps), max((gap.weight for gap in self.gaps), default=0))


def asks(overlaps: Sequence[Finding], gaps: Iterable[Finding], portfolio: Portfolio, now: datetime) -> tuple[Ask, ...]:
    """One ask for each department concerned, the most pressing first; `overlaps` in the order in which they wait."""
    burdens: dict[int, _Burden] = defaultdict(_Burden)
    for finding in overlaps:
        for department in _departments(finding, portfolio):
            burdens[department].overlaps.append(finding)
    for gap in gaps:
        for department in asked_of(gap.found, portfolio):
            burdens[department].gaps.append(missing(gap.found))
    pressing = sorted(burdens.items(), key=lambda item: ([-value for value in item[1].urgency(now)], item[0]))
    return tuple(_ask(department, burden, portfolio) for department, burden in pressing)


def live_members(finding: Finding, portfolio: Portfolio) -> list[Initiative]:
    """The live initiatives among the members of a finding."""
    known = (portfolio.holdings.by_id(id) for id in finding.found.initiatives())
    return [initiative for initiative in known if initiative is not None]


def _departments(finding: Finding, portfolio: Portfolio) -> list[int]:
    return list(dict.fromkeys(initiative.draft.department for initiative in live_members(finding, portfolio)))


def _ask(department: int, burden: _Burden, portfolio: Portfolio) -> Ask:
    leads = portfolio.leads_of(department)
    return Ask(
        department=portfolio.department_names[department],
        leads=tuple(lead.name for lead in leads),
        slack_ids=tuple(lead.slack_id for lead in leads if lead.slack_id),
        what=_sentence(burden, department, portfolio),
    )


def _sentence(burden: _Burden, department: int, portfolio: Portfolio) -> str:
    decide = [_to_decide(burden.overlaps, department, portfolio)] if burden.overlaps else []
    return f"{'; '.join([*decide, *_to_fill(burden.gaps)])}."


def _to_decide(overlaps: Sequence[Finding], department: int, portfolio: Portfolio) -> str:
    """Names the one that waits longest by its numbers, and whom to speak with."""
    first = overlaps[0]
    references = _some([f"CX-{id}" for id in first.found.initiatives()])
    others = (id for id in _departments(first, portfolio) if id != department)
    names = _some([clip(portfolio.department_names[id], 60) for id in others])
    whom = f"with {names} on" if names else "on"
    if len(overlaps) == 1:
        return f"decide {whom} {references}"
    return f"decide on {len(overlaps)} overlaps, first {whom} {references}"


def _to_fill(gaps: Sequence[Missing]) -> list[str]:
    """One wish for each kind of gap: the worst by its name, the others counted."""
    kinds: dict[str, list[Missing]] = {}
    for gap in gaps:
        kinds.setdefault(gap.wish, []).append(gap)
    return [f"{wish.format(_name(some))}{_more(some)}" for wish, some in list(kinds.items())[:KINDS]]


def _name(gaps: Sequence[Missing]) -> str:
    return f"“{clip(gaps[0].name, 60)}”"


def _some(names: Sequence[str]) -> str:
    hidden = len(names) - NAMES
    return listed([*names[:NAMES], f"{hidden} more"] if hidden > 0 else names)


def _more(things: Collection[object]) -> str:
    return f" and {len(things) - 1} more" if len(things) > 1 else ""
