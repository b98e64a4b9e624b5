"""What overlaps and gaps ask of one person."""

from datetime import date

from planning.decisions.costing import hits_on
from planning.findings.facts import MetricStale
from planning.findings.facts.base import listed
from planning.findings.values import Finding, Kind, Rule
from planning.initiatives.values import Initiative
from planning.needs.values import Need, NeedKind
from planning.portfolio.values import Portfolio
from planning.text import clip
from planning.workspace.values import Person

TITLE, NAME, SENTENCE, MEMBERS = 80, 40, 300, 3
METRIC, INITIATIVE = 0.4, 0.3


def need_of(finding: Finding, person: Person, portfolio: Portfolio) -> Need:
    """The finding as something that the person is asked to do."""
    if finding.found.rule.kind is Kind.OVERLAP:
        return _overlap(finding, person, portfolio)
    sentence, id = clip(finding.found.why, SENTENCE), finding.found.members[0].id
    if finding.found.rule is Rule.METRIC_STALE:
        return Need(NeedKind.METRIC, id, sentence, "Please add a reading.", by=_late(finding), weight=METRIC)
    if finding.found.rule is Rule.INITIATIVE_INCOMPLETE:
        return Need(NeedKind.INITIATIVE, id, sentence, "Please fill in what is missing.", weight=INITIATIVE)
    return Need(NeedKind.GAP, finding.id, sentence, "You raised a hand for it, and it is still open.")


def bites_on(finding: Finding, portfolio: Portfolio) -> date | None:
    """The next day on which an overlap is felt, else that on which the first of its work began; None if not known."""
    begins = (one.draft.starts_on for one in _members(finding, portfolio))
    return hits_on(finding, portfolio.today) or min(filter(None, begins), default=None)


def _overlap(finding: Finding, person: Person, portfolio: Portfolio) -> Need:
    members = _members(finding, portfolio)
    told = [f"{one.reference} {clip(one.draft.title, TITLE)}" for one in members[:MEMBERS]]
    hidden = len(finding.found.initiatives()) - len(told)
    what = " · ".join([*told, *([f"…and {hidden} more"] if hidden > 0 else [])])
    asked, by = _decide(finding, members, person, portfolio), bites_on(finding, portfolio)
    why = clip(finding.found.why, SENTENCE)
    return Need(NeedKind.OVERLAP, finding.id, what, asked, why, by, finding.found.score)


def _decide(finding: Finding, members: list[Initiative], person: Person, portfolio: Portfolio) -> str:
    if finding.handed is not None and finding.handed.to == person.id:
        by = next((one.name for one in portfolio.people if one.id == finding.handed.by), "A colleague")
        return f"{clip(by, NAME)} asks you to decide it."
    others = dict.fromkeys(one.draft.department for one in members if one.draft.department != person.department)
    names = [clip(portfolio.department_names[id], NAME) for id in others]
    shown = [*names[:MEMBERS], *(["others"] if len(names) > MEMBERS else [])]
    return f"Decide it with {listed(shown)}." if shown else "Decide it."


def _late(finding: Finding) -> date | None:
    return next((fact.due for fact in finding.found.facts if isinstance(fact, MetricStale)), None)


def _members(finding: Finding, portfolio: Portfolio) -> list[Initiative]:
    known = (portfolio.holdings.by_id(id) for id in finding.found.initiatives())
    return [initiative for initiative in known if initiative is not None]
