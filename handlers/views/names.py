"""The names behind the ids of an initiative, gathered once and handed to the views."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from handlers.views.chains import chain_words
from planning.initiatives.values import Intent, Status
from planning.journey.values import Journey
from planning.metrics.feeding import chain_from
from planning.metrics.values import Direction
from planning.problems.values import Part
from planning.register import Register
from planning.text import clip

STATUS_WORDS: Mapping[Status, str] = {status: str(status).capitalize() for status in Status}

INTENT_WORDS: Mapping[Intent, str] = {
    Intent.INFORM: "Inform about something",
    Intent.SURVEY: "Ask for feedback",
    Intent.WIN: "Win as a customer",
    Intent.CROSS_SELL: "Offer something more",
    Intent.ONBOARD: "Welcome and get started",
    Intent.RENEW: "Ask to renew",
    Intent.WIN_BACK: "Win back",
    Intent.BILL: "Send a bill",
    Intent.COLLECT: "Ask for an overdue payment",
    Intent.RESTRICT: "Limit or block something",
    Intent.CANCEL: "End the contract",
    Intent.APOLOGISE: "Say sorry",
}

EFFECT_WORDS: Mapping[Direction, str] = {Direction.UP: "Raises it", Direction.DOWN: "Lowers it"}

PART_WORDS: Mapping[Part, str] = {
    Part.POLICY: "A rule or policy",
    Part.PROCESS: "A way of working",
    Part.SYSTEM: "A system or tool",
    Part.PEOPLE: "People and their skills",
    Part.MESSAGE: "What customers are told",
    Part.MEASURE: "A measure of success",
    Part.HAND_OFF: "A hand-off between teams",
}

END_MAX = 36
"""So much of a stage's name, that both names of a hand-off fit into an option of a menu."""


@dataclass(frozen=True, slots=True)
class Names:
    """Id → name, by subject."""

    departments: Mapping[int, str]
    people: Mapping[int, str]
    stages: Mapping[int, str]
    segments: Mapping[int, str]
    touchpoints: Mapping[int, str]
    metrics: Mapping[int, str] = field(default_factory=dict)
    pools: Mapping[int, str] = field(default_factory=dict)
    problems: Mapping[int, str] = field(default_factory=dict)
    chains: Mapping[int, str] = field(default_factory=dict)
    """Metric id → it and what it feeds, with arrows between; only of those that feed another."""

    @classmethod
    def of(cls, register: Register) -> Self:
        """Those of a workspace."""
        journey, metrics = register.journeys.current(), {metric.id: metric for metric in register.metrics.all()}
        return cls(
            {department.id: department.name for department in register.departments.all()},
            {person.id: person.name for person in register.people.all()},
            journey.stage_names(),
            journey.segment_names(),
            journey.touchpoint_names(),
            {id: metric.name for id, metric in metrics.items()},
            {pool.id: pool.name for pool in register.pools.all()},
            {problem.id: problem.name for problem in register.problems.all()},
            {one.id: chain_words(chain_from(one.id, metrics)) for one in metrics.values() if one.feeds is not None},
        )


def known(ids: Iterable[int], names: Mapping[int, str]) -> list[str]:
    """The names of those that are still there."""
    return [names[id] for id in ids if id in names]


def joined(names: Iterable[str], most: int = 10) -> str:
    """Names in one line; of a long list the beginning and how many more."""
    listed = list(names)
    hidden = len(listed) - most
    return ", ".join(listed[:most]) + (f" and {hidden} more" if hidden > 0 else "")


def stage_options(journey: Journey) -> list[tuple[str, str]]:
    """The stages in the order of the journey, as options of a menu."""
    return [(str(stage.id), stage.name) for stage in sorted(journey.stages, key=lambda stage: stage.position)]


def part_options() -> list[tuple[str, str]]:
    """The parts of a complete fix, as options of a menu."""
    return [(str(part), words) for part, words in PART_WORDS.items()]


def name_options(names: Mapping[int, str]) -> list[tuple[str, str]]:
    """Names in alphabetical order, as options of a menu."""
    return [(str(id), name) for id, name in in_order(names).items()]


def in_order(names: Mapping[int, str]) -> dict[int, str]:
    """The same in alphabetical order."""
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))


def hand_off_names(journey: Journey) -> dict[int, str]:
    """Hand-off id → both of its stages, in the order of the journey."""
    names, places = journey.stage_names(), {stage.id: stage.position for stage in journey.stages}
    ordered = sorted(journey.hand_offs, key=lambda one: (places[one.before], places[one.after], one.id))
    return {one.id: f"{clip(names[one.before], END_MAX)} → {clip(names[one.after], END_MAX)}" for one in ordered}
