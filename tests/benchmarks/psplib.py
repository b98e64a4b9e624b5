"""Schedules of PSPLIB's and MPLIB's form, one JSON object a line, as the product's solver takes them.

An object has `capacity` and `tasks`, each [duration, [demand per resource], [indices of what follows]], or `projects`,
each with `release` and `tasks`; perhaps `optimal`, `best_known` and `lower_bound` too.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planning.scheduling.values import Activity, Block, Goal, Instance, Mode, Precedence, Resource, Solution

Line = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """A schedule that is asked for, and the best makespan that is known for it, if any."""

    name: str
    instance: Instance
    projects: tuple[range, ...]
    releases: tuple[int, ...]
    best_known: int | None
    optimal: bool

    def delays(self, solution: Solution) -> list[int]:
        """How long each project takes from its release to the end of its last task."""
        ends = {each.id: solution.starts[each.id] + each.modes[0].length for each in self.instance.activities}
        pairs = zip(self.projects, self.releases, strict=True)
        return [max(ends[each] for each in ids) - release for ids, release in pairs]


def cases(file: Path) -> Iterator[Case]:
    """Every schedule of a file."""
    for number, text in enumerate(file.read_text().splitlines(), 1):
        if text.strip():
            line = json.loads(text)
            yield _case(line, str(line.get("name") or f"line {number}"))


def _case(line: Line, name: str) -> Case:
    projects = line.get("projects") or [{"tasks": line["tasks"]}]
    releases = tuple(int(project.get("release") or 0) for project in projects)
    horizon = max(releases) + sum(duration for project in projects for duration, _, _ in project["tasks"])
    activities: list[Activity] = []
    precedences: list[Precedence] = []
    ids: list[range] = []
    for project, release in zip(projects, releases, strict=True):
        first, tasks = len(activities), project["tasks"]
        starts = range(release, horizon + 1)
        activities += [Activity(first + place, starts, (_mode(task),)) for place, task in enumerate(tasks)]
        precedences += [Precedence(first + place, first + then) for place, task in enumerate(tasks) for then in task[2]]
        ids.append(range(first, len(activities)))
    resources = tuple(Resource(number, beyond=units) for number, units in enumerate(line["capacity"]))
    instance = Instance(tuple(activities), resources, tuple(precedences), goal=Goal.MAKESPAN)
    best = _best_known(line)
    return Case(name, instance, tuple(ids), releases, best, best is not None and best == line.get("optimal"))


def _mode(task: list[Any]) -> Mode:
    duration, demands, _ = task
    blocks = (Block(number, 0, duration, units) for number, units in enumerate(demands) if duration and units)
    return Mode(tuple(blocks), duration)


def _best_known(line: Line) -> int | None:
    known = (line.get(name) for name in ("optimal", "best_known", "best_known_total_makespan"))
    return next((int(each) for each in known if each is not None), None)
