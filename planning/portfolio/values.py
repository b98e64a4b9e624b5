"""Everything that the rules and the digests look at, as one value."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from planning.agreement.results import ScoreResult
from planning.findings.values import Rule
from planning.initiatives.values import Initiative
from planning.journey.values import Journey
from planning.metrics.readings import Reading
from planning.metrics.values import Metric, Tension
from planning.portfolio.holdings import Holdings
from planning.problems.values import Problem
from planning.resources.values import Pool
from planning.workspace.values import Department, Person


@dataclass(frozen=True)
class Portfolio:
    """The live initiatives with all that their names refer to, as they are on a day."""

    today: date
    departments: tuple[Department, ...]
    people: tuple[Person, ...]
    journey: Journey
    holdings: Holdings
    metrics: tuple[Metric, ...] = ()
    tensions: tuple[Tension, ...] = ()
    pools: tuple[Pool, ...] = ()
    problems: tuple[Problem, ...] = ()
    supplied: Mapping[int, Mapping[str, tuple[int, ...]]] = field(default_factory=dict)
    """Problem id → part of its fix → the finished initiatives that bring it; live ones are in the holdings."""
    confirmed: frozenset[tuple[int, int]] = frozenset()
    """Pairs of ids, smaller first, of which a registrant or a lead said that they should be coordinated."""
    settled: frozenset[str] = frozenset()
    """Threads of findings that leads have settled by planning together, coordinating or joining."""
    least: Mapping[Rule, float] = field(default_factory=dict)
    """From which score on a rule's findings are told, where verdicts have moved it."""
    latest: Mapping[int, Reading] = field(default_factory=dict)
    """Metric id → its last reading."""
    scores: tuple[ScoreResult, ...] = ()
    """What came of the newest score test of each stage that had one."""

    @property
    def initiatives(self) -> tuple[Initiative, ...]:
        """The live initiatives by ascending id."""
        return self.holdings.initiatives

    def with_draft(
        self, initiative: Initiative, vectors: Mapping[str, NDArray[np.float32]], gone: Collection[int] = ()
    ) -> "Portfolio":
        """As it would be with one more initiative and without some."""
        return replace(self, holdings=self.holdings.changed([(initiative, vectors)], gone))

    @cached_property
    def department_names(self) -> dict[int, str]:
        """Department id → name."""
        return {department.id: department.name for department in self.departments}

    @cached_property
    def metric_names(self) -> dict[int, str]:
        """Metric id → name."""
        return {metric.id: metric.name for metric in self.metrics}

    @cached_property
    def problem_names(self) -> dict[int, str]:
        """Problem id → name."""
        return {problem.id: problem.name for problem in self.problems}

    @cached_property
    def on_stages(self) -> dict[int, Counter[int]]:
        """Stage id → department id → how many of its initiatives name the stage; every stage is there."""
        return {stage.id: self.on_stage(stage.id) for stage in self.journey.stages}

    def on_stage(self, stage: int) -> Counter[int]:
        """Department id → how many of its initiatives name the stage."""
        columns = self.holdings.columns
        of = columns.stages.of[columns.stages.to == stage]
        departments, counts = np.unique(columns.departments(of), return_counts=True)
        return Counter(dict(zip(departments.tolist(), counts.tolist(), strict=True)))

    def leads_of(self, department: int) -> tuple[Person, ...]:
        """The leads of a department."""
        return tuple(person for person in self.people if person.leads(department))
