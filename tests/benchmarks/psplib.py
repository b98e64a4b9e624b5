"""Schedules of PSPLIB's and MPLIB's form, one JSON object a line, as the product's solver takes them.

An object has `capacity` and `tasks`, each [duration, [demand per resource], [indices of what follows]], or `projects`,
each with `release` and `tasks`; perhaps `optimal`, `best_known` and `lower_bound` too. A line that cannot be read, or
that no schedule can satisfy, becomes a fault and does not stop the others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from json import JSONDecodeError, loads
from pathlib import Path

from pydantic import BaseModel, Field, NonNegativeInt, ValidationError

from planning.scheduling.bounds import heads, tails
from planning.scheduling.values import Activity, Block, Goal, Instance, Mode, Precedence, Resource, Solution

Task = tuple[NonNegativeInt, list[NonNegativeInt], list[NonNegativeInt]]


class _Project(BaseModel):
    release: NonNegativeInt | None = None
    tasks: list[Task] = Field(min_length=1)


class _Line(BaseModel):
    name: str | int | None = None
    capacity: list[NonNegativeInt]
    tasks: list[Task] = []
    projects: list[_Project] = []
    optimal: int | None = None
    best_known: int | None = None
    best_known_total_makespan: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line of a file, counted from 1; line 0 is the file itself."""

    line: int
    why: str


@dataclass(frozen=True)
class Case:
    """A schedule that is asked for, and the best makespan that is known for it, if any."""

    name: str
    instance: Instance
    projects: tuple[range, ...]
    releases: tuple[int, ...]
    best_known: int | None
    optimal: bool

    @property
    def critical_path(self) -> int:
        """The makespan if there were enough of everything."""
        first, rest = heads(self.instance), tails(self.instance)
        return max((first[each] + rest[each] for each in first), default=0)

    def delays(self, solution: Solution) -> list[int]:
        """How long each project takes from its release to the end of its last task."""
        ends = {each.id: solution.starts[each.id] + each.modes[0].length for each in self.instance.activities}
        pairs = zip(self.projects, self.releases, strict=True)
        return [max(ends[each] for each in ids) - release for ids, release in pairs]


def cases(file: Path) -> Iterator[Case | Fault]:
    """Every schedule of a file, and what is wrong where there is none."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        yield Fault(0, f"{file.name} cannot be read")
        return
    for number, text in enumerate(lines, 1):
        if text.strip():
            yield _read(text, number)


def _read(text: str, number: int) -> Case | Fault:
    try:
        line = _Line.model_validate(loads(text))
        projects = line.projects or [_Project(tasks=line.tasks)]
        why = next((why for each in projects for why in _faults(each.tasks, line.capacity)), None)
    except (JSONDecodeError, RecursionError) as error:
        return Fault(number, f"this is no JSON: {error}")
    except ValidationError as error:
        first = error.errors()[0]
        return Fault(number, f"{'.'.join(map(str, first['loc'])) or 'the line'}: {first['msg']}")
    return Fault(number, why) if why else _case(line, projects, str(line.name or f"line {number}"))


def _faults(tasks: Sequence[Task], capacity: Sequence[int]) -> Iterator[str]:
    """Why no schedule can satisfy a project."""
    for place, (duration, demands, after) in enumerate(tasks):
        if len(demands) != len(capacity):
            yield f"task {place} has {len(demands)} demands for {len(capacity)} resources"
        for number, (units, most) in enumerate(zip(demands, capacity, strict=False)):
            if duration and units > most:
                yield f"task {place} needs {units} of resource {number}, which has {most}"
        yield from (f"task {place} is followed by {then}, which is no task" for then in after if then >= len(tasks))
    try:
        TopologicalSorter({place: task[2] for place, task in enumerate(tasks)}).prepare()
    except CycleError as error:
        yield f"tasks {', '.join(map(str, error.args[1]))} follow one another in a circle"


def _case(line: _Line, projects: Sequence[_Project], name: str) -> Case:
    releases = tuple(project.release or 0 for project in projects)
    horizon = max(releases) + sum(duration for project in projects for duration, _, _ in project.tasks)
    activities: list[Activity] = []
    precedences: list[Precedence] = []
    ids: list[range] = []
    for project, release in zip(projects, releases, strict=True):
        first, tasks = len(activities), project.tasks
        starts = range(release, horizon + 1)
        activities += [Activity(first + place, starts, (_mode(task),)) for place, task in enumerate(tasks)]
        precedences += [Precedence(first + place, first + then) for place, task in enumerate(tasks) for then in task[2]]
        ids.append(range(first, len(activities)))
    resources = tuple(Resource(number, beyond=units) for number, units in enumerate(line.capacity))
    instance = Instance(tuple(activities), resources, tuple(precedences), goal=Goal.MAKESPAN)
    known = (line.optimal, line.best_known, line.best_known_total_makespan)
    best = next((each for each in known if each is not None), None)
    return Case(name, instance, tuple(ids), releases, best, best is not None and best == line.optimal)


def _mode(task: Task) -> Mode:
    duration, demands, _ = task
    blocks = (Block(number, 0, duration, units) for number, units in enumerate(demands) if duration and units)
    return Mode(tuple(blocks), duration)
