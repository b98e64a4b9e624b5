"""The rules in words: what a finding of each is called, and by which word people ask for it."""

from collections.abc import Mapping

from planning.findings.facts import SharedThings
from planning.findings.values import Finding, Kind, Rule

HEADINGS: Mapping[Rule, str] = {
    Rule.DUPLICATE_EFFORT: "Two departments seem to do the same work",
    Rule.SPLIT_PROBLEM: "One customer problem, fixed in pieces",
    Rule.CONTACT_COLLISION: "Opposed messages to the same customers",
    Rule.CONTACT_CROWDING: "Too many messages to the same customers",
    Rule.RESOURCE_CONTENTION: "The same people are asked for too much",
    Rule.METRIC_CONFLICT: "Metrics are pulled against each other",
    Rule.STAGE_WITHOUT_WORK: "A stage that nobody works on",
    Rule.STAGE_WITHOUT_OWNER: "A stage that nobody is accountable for",
    Rule.STAGE_WITHOUT_METRIC: "A stage that nothing measures",
    Rule.SINGLE_DEPARTMENT_STAGE: "A stage with only one department",
    Rule.SCORE_DISPUTED: "A stage without one agreed score",
    Rule.BARE_HAND_OFF: "A hand-off that belongs to nobody",
    Rule.SEGMENT_UNSERVED: "Customers whom nobody serves",
    Rule.METRIC_OFF_TARGET_UNMOVED: "A metric off its target that nobody moves",
    Rule.METRIC_STALE: "A metric that nobody has read",
    Rule.PROBLEM_FIX_INCOMPLETE: "A customer problem whose fix is incomplete",
    Rule.INITIATIVE_INCOMPLETE: "Initiatives that lack something",
}
SAME_PROBLEM = "Two departments work on the same customer problem"

TITLES: Mapping[Rule, str] = {
    Rule.DUPLICATE_EFFORT: "Same work",
    Rule.SPLIT_PROBLEM: "Split problem",
    Rule.CONTACT_COLLISION: "Opposed messages",
    Rule.CONTACT_CROWDING: "Too many messages",
    Rule.RESOURCE_CONTENTION: "People asked for too much",
    Rule.METRIC_CONFLICT: "Metrics at odds",
}
"""The rules of overlaps in a word or three."""

TOPICS: Mapping[str, frozenset[Rule]] = {
    "work": frozenset({Rule.DUPLICATE_EFFORT}),
    "problems": frozenset({Rule.SPLIT_PROBLEM, Rule.PROBLEM_FIX_INCOMPLETE}),
    "contacts": frozenset({Rule.CONTACT_COLLISION, Rule.CONTACT_CROWDING}),
    "people": frozenset({Rule.RESOURCE_CONTENTION}),
    "metrics": frozenset(
        {Rule.METRIC_CONFLICT, Rule.STAGE_WITHOUT_METRIC, Rule.METRIC_OFF_TARGET_UNMOVED, Rule.METRIC_STALE}
    ),
    "stages": frozenset(
        {
            Rule.STAGE_WITHOUT_WORK,
            Rule.STAGE_WITHOUT_OWNER,
            Rule.STAGE_WITHOUT_METRIC,
            Rule.SINGLE_DEPARTMENT_STAGE,
            Rule.SCORE_DISPUTED,
        }
    ),
    "hand-offs": frozenset({Rule.BARE_HAND_OFF}),
    "customers": frozenset({Rule.SEGMENT_UNSERVED}),
    "initiatives": frozenset({Rule.INITIATIVE_INCOMPLETE}),
}
"""The word that narrows a list of findings → the rules that it means."""


def heading_of(finding: Finding) -> str:
    """What kind of finding it is, in plain words; a problem that both name says more than words that are alike."""
    named = any(isinstance(fact, SharedThings) and fact.what == "problem" for fact in finding.found.facts)
    return SAME_PROBLEM if named else HEADINGS[finding.found.rule]


def topics_of(kind: Kind) -> dict[str, frozenset[Rule]]:
    """The words that mean something in a list of overlaps or of gaps, with the rules of that kind."""
    narrowed = {word: frozenset(rule for rule in rules if rule.kind is kind) for word, rules in TOPICS.items()}
    return {word: rules for word, rules in narrowed.items() if rules}
