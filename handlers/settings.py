"""The settings as one value."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from handlers.ids import Action
from handlers.views.names import hand_off_names, in_order, stage_options
from handlers.views.settings import Settings
from handlers.views.tensions import tension_names
from planning.register import Register
from planning.schedules.values import ScheduleKind
from planning.workspace.arranging import stewards_of
from planning.workspace.rights import Who, among


class _Named(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


def named(things: Iterable[_Named]) -> dict[int, str]:
    """The names of things by their ids, in alphabetical order."""
    return in_order({one.id: one.name for one in things})


KEPT: Mapping[Action, Callable[[Register], Mapping[int, str]]] = {
    Action.SETUP_DEPARTMENT_PICK: lambda register: named(register.departments.all()),
    Action.SETUP_STAGE: lambda register: {int(id): name for id, name in stage_options(register.journeys.current())},
    Action.SETUP_HAND_OFF: lambda register: hand_off_names(register.journeys.current()),
    Action.SETUP_SEGMENT: lambda register: named(register.journeys.current().segments),
    Action.SETUP_POOL: lambda register: named(register.pools.all()),
    Action.SETUP_PROBLEM: lambda register: named(register.problems.all()),
    Action.SETUP_METRIC: lambda register: named(register.metrics.all()),
    Action.SETUP_TENSION: lambda register: tension_names(register.metrics.tensions(), register.metrics.all()),
}
"""What each menu of the settings offers: names by id, in the order in which they are shown."""


def read_settings(register: Register, *, menus: bool = True) -> Settings:
    """What stewards decide, with the names of the leads and, for who may change them, what the menus offer."""
    people, departments = register.people.all(), register.departments.all()
    return Settings(
        stewards=tuple(person.name for person in stewards_of(register)),
        departments=tuple(sorted(departments, key=lambda department: department.name.casefold())),
        leads={d.id: tuple(person.name for person in people if person.leads(d.id)) for d in departments},
        journey=register.journeys.current(),
        schedule=register.schedules.of(ScheduleKind.EXECUTIVE),
        executives=tuple(person.name for person in among(people, Who.EXECUTIVE)),
        kept={menu: names(register) for menu, names in KEPT.items()} if menus else {},
        alert_budget=register.workspaces.current().alert_budget,
    )
