"""The variables of one activity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from planning.scheduling.values import Activity

Literals = Mapping[int, cp_model.IntVar]


@dataclass(frozen=True)
class Chosen:
    """The variables of one activity; `own` is its start from its parent's.

    `own_at` has a literal for each own start that it may have, unless the makespan is asked: there are too many then.
    """

    activity: Activity
    there: cp_model.IntVar
    own: cp_model.LinearExpr
    own_at: Literals
    start: cp_model.LinearExpr
    reach: Sequence[int]
    modes: Sequence[cp_model.IntVar]

    @property
    def length(self) -> cp_model.LinearExpr:
        """How long it lasts."""
        lengths = [mode.length for mode in self.activity.modes]
        return constant(lengths[0]) if len(lengths) == 1 else cp_model.LinearExpr.weighted_sum(self.modes, lengths)


def constant(value: int) -> cp_model.LinearExpr:
    """A number as the solver takes it."""
    return cp_model.LinearExpr.constant(value)
