"""Adding to the register the names that rows use and that are new."""

from planning.journey.values import Stage
from planning.metrics.values import Direction, Metric
from planning.problems.values import Problem
from planning.register import Register
from planning.transfer.values import ImportPlan


def make_names(register: Register, plan: ImportPlan) -> None:
    """Add what the plan makes; of a metric, a problem or a stage no more is known than its name."""
    making = plan.making
    for name in making.departments:
        register.departments.add(name)
    last = max((stage.position for stage in register.journeys.current().stages), default=-1)
    for position, name in enumerate(making.stages, start=last + 1):
        register.journeys.add_stage(Stage(0, name, position))
    for name in making.segments:
        register.journeys.add_segment(name)
    for name in making.touchpoints:
        register.journeys.add_touchpoint(name)
    ways = _ways(plan)
    for name in making.metrics:
        register.metrics.add(Metric(0, name, direction=ways[name]))
    for name in making.problems:
        register.problems.add(Problem(0, name))


def _ways(plan: ImportPlan) -> dict[str, Direction]:
    """Metric → the way in which a row first means to move it: the better one, as far as anybody has said."""
    ways: dict[str, Direction] = {}
    for effect in (effect for row in plan.rows for effect in row.draft.effects):
        ways.setdefault(effect.metric, effect.direction)
    return ways
