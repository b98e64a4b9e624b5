"""The settings as one value."""

from handlers.views.settings import Settings
from planning.register import Register
from planning.workspace.arranging import stewards_of
from planning.workspace.values import Role


def read_settings(register: Register) -> Settings:
    """What stewards decide, with the names of the leads."""
    people, departments = register.people.all(), register.departments.all()
    return Settings(
        stewards=tuple(person.name for person in stewards_of(register)),
        departments=tuple(sorted(departments, key=lambda department: department.name.casefold())),
        leads={d.id: tuple(person.name for person in people if person.leads(d.id)) for d in departments},
        journey=register.journeys.current(),
        schedule=next(iter(register.schedules.all()), None),
        executives=tuple(person.name for person in people if Role.EXECUTIVE in person.roles),
        pools={pool.id: pool.name for pool in register.pools.all()},
        problems={problem.id: problem.name for problem in register.problems.all()},
        metrics={metric.id: metric.name for metric in register.metrics.all()},
    )
