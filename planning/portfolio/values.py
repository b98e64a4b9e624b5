"""Everything that the rules and the digests look at, as one value."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from planning.initiatives.values import Initiative
from planning.journey.values import Journey
from planning.workspace.values import Department, Person


@dataclass(frozen=True)
class Portfolio:
    """The live initiatives with all that their names refer to; row i of `vectors` is initiative i, of unit length."""

    departments: tuple[Department, ...]
    people: tuple[Person, ...]
    journey: Journey
    initiatives: tuple[Initiative, ...]
    vectors: NDArray[np.float32]
    confirmed: frozenset[tuple[int, int]] = frozenset()
    """Pairs of ids, smaller first, of which a registrant said that they should be coordinated."""

    @cached_property
    def by_id(self) -> dict[int, Initiative]:
        """Initiative id → initiative."""
        return {initiative.id: initiative for initiative in self.initiatives}

    @cached_property
    def rows(self) -> dict[int, int]:
        """Initiative id → its row of `vectors`."""
        return {initiative.id: row for row, initiative in enumerate(self.initiatives)}

    @cached_property
    def department_names(self) -> dict[int, str]:
        """Department id → name."""
        return {department.id: department.name for department in self.departments}

    @cached_property
    def on_stages(self) -> dict[int, Counter[int]]:
        """Stage id → department id → how many of its initiatives name the stage; every stage is there."""
        counts: dict[int, Counter[int]] = {stage.id: Counter() for stage in self.journey.stages}
        for initiative in self.initiatives:
            for stage in counts.keys() & set(initiative.draft.stages):
                counts[stage][initiative.draft.department] += 1
        return counts

    def leads_of(self, department: int) -> tuple[Person, ...]:
        """The leads of a department."""
        return tuple(person for person in self.people if person.leads(department))
