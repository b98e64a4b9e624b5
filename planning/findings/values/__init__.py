"""Findings: overlaps and gaps with an identity, the facts behind them and what people said of them."""

from planning.findings.values.found import Found, Member, Subject, members
from planning.findings.values.recorded import Finding, Handed, State
from planning.findings.values.rules import OVERLAP_RULES, Kind, Rule
from planning.findings.values.verdicts import DISMISSING, SETTLING, Choice, Verdict

__all__ = [
    "DISMISSING",
    "OVERLAP_RULES",
    "SETTLING",
    "Choice",
    "Finding",
    "Found",
    "Handed",
    "Kind",
    "Member",
    "Rule",
    "State",
    "Subject",
    "Verdict",
    "members",
]
