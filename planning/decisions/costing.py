"""What waiting costs: what happens to customers and people while nobody decides, in one plain sentence."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from planning.findings.facts import (
    CrowdedWeeks,
    Fact,
    MissingParts,
    OpposedContacts,
    OpposedEffects,
    OverloadedPool,
    TenseEffects,
)
from planning.findings.facts.base import amount, listed, person_weeks
from planning.findings.facts.resources import PoolWeek
from planning.findings.values import Finding
from planning.initiatives.values import Initiative
from planning.text import clip, counted
from planning.window import said

NAME, NAMED = 60, 3
WEEK = timedelta(days=7)
_SENT = {
    "inform": "news",
    "survey": "a survey",
    "win": "an advertisement",
    "cross-sell": "an offer",
    "onboard": "a welcome",
    "renew": "a request to renew",
    "win-back": "an offer to come back",
    "bill": "a bill",
    "collect": "a reminder of an overdue payment",
    "restrict": "a notice of new limits",
    "cancel": "a notice of cancellation",
    "apologise": "an apology",
}


def cost_of_waiting(
    finding: Finding, initiatives: Sequence[Initiative], departments: Mapping[int, str], today: date
) -> str:
    """What waiting costs, as the facts of the finding have it; `initiatives` are its live members."""
    fact = min(finding.found.facts, key=lambda fact: _hits(fact, today) or date.max)
    if isinstance(fact, OpposedContacts):
        return _collision(fact, today)
    if isinstance(fact, CrowdedWeeks):
        return _crowding(fact, today)
    if isinstance(fact, OverloadedPool):
        return _shortage(fact, today)
    if isinstance(fact, OpposedEffects | TenseEffects):
        return "What one department gains on its metric the other loses, for as long as both go on."
    missing = next((one for one in finding.found.facts if isinstance(one, MissingParts)), None)
    return _half_fixed(missing) if missing else _paid_twice(initiatives, departments)


def hits_on(finding: Finding, today: date) -> date | None:
    """The first day from today on on which it hits customers or people; None when it is not a matter of days."""
    return min(filter(None, (_hits(fact, today) for fact in finding.found.facts)), default=None)


def _hits(fact: Fact, today: date) -> date | None:
    if isinstance(fact, OpposedContacts):
        return max(fact.start, today) if fact.end >= today else None
    mondays: Iterable[date] = ()
    if isinstance(fact, CrowdedWeeks):
        mondays = fact.weeks
    elif isinstance(fact, OverloadedPool):
        mondays = (week.monday for week in fact.weeks)
    return min((max(monday, today) for monday in mondays if monday + WEEK > today), default=None)


def _collision(fact: OpposedContacts, today: date) -> str:
    """The narrower of two segments is named where they differ: those customers get both."""
    sides = f"{_SENT[fact.first.intent]} and {_SENT[fact.second.intent]} in the same days"
    whom = clip(fact.first.segment, NAME)
    if fact.first.segment != fact.second.segment:
        whom = f"customers of {whom} and of {clip(fact.second.segment, NAME)}"
    return f"{_moment(fact.start, today)} {whom} get {sides}."


def _crowding(fact: CrowdedWeeks, today: date) -> str:
    ahead = [week for week in fact.weeks if week + WEEK > today] or [fact.weeks[-1]]
    more = f", for {counted(len(ahead), 'week')}" if len(ahead) > 1 else ""
    told = f"{clip(fact.segment, NAME)} hear from us up to {fact.most} times a week{more}"
    return f"{_moment(ahead[0], today)} {told}; {fact.budget} is their limit."


def _shortage(fact: OverloadedPool, today: date) -> str:
    ahead = [week for week in fact.weeks if week.monday + WEEK > today] or list(fact.weeks[-1:])
    short, begins = person_weeks(_short(ahead)), ahead[0].monday
    since = f"from {said(begins)} on" if begins > today else "now"
    then = "each week that passes leaves one week less to move anything"
    return f"{clip(fact.pool, NAME)} is {short} short {since}; {then}."


def _short(weeks: Iterable[PoolWeek]) -> float:
    return sum(max(0.0, week.asked - week.available) for week in weeks)


def _half_fixed(fact: MissingParts) -> str:
    parts = listed(fact.missing)
    return f"Customers go on with “{clip(fact.problem, NAME)}”: the pieces do not add up, and nobody brings {parts}."


def _paid_twice(initiatives: Sequence[Initiative], departments: Mapping[int, str]) -> str:
    """Who pays, and how much each asked for where all of them said so."""
    asked: dict[int, float] = {}
    for initiative in initiatives:
        weeks = sum(request.person_weeks for request in initiative.draft.requests)
        asked[initiative.draft.department] = asked.get(initiative.draft.department, 0) + weeks
    if len(asked) < 2:
        return "The same work is planned twice, and what one does is paid for again by the other."
    names = [clip(departments.get(id, "another department"), NAME) for id in asked]
    hidden = len(names) - NAMED
    who = listed([*names[:NAMED], *([f"{hidden} more"] if hidden > 0 else [])])
    told = [amount(weeks) for weeks in asked.values() if weeks]
    for_it = f": {' + '.join(told)} person-weeks asked for" if len(told) == len(asked) <= NAMED else ""
    return f"{who} pay for the same work{for_it}."


def _moment(day: date, today: date) -> str:
    days = (day - today).days
    if days <= 0:
        return "Now"
    return "Tomorrow" if days == 1 else f"In {days} days"
