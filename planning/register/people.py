"""Stores of who takes part."""

from collections.abc import Mapping
from typing import Protocol

from planning.findings.values import Rule
from planning.workspace.values import Channel, Department, Person, Role, Workspace


class Workspaces(Protocol):
    """The one workspace that the unit is opened for."""

    def current(self) -> Workspace: ...
    def save(self, workspace: Workspace) -> None: ...
    def granted(self) -> frozenset[str] | None:
        """The permissions (scopes) that Slack gave; None where it was not installed by OAuth."""
        ...

    def least(self) -> dict[Rule, float]:
        """From which score on a rule's findings are told, where verdicts have moved it."""
        ...

    def save_least(self, least: Mapping[Rule, float]) -> None:
        """Keep exactly these."""
        ...


class People(Protocol):
    def all(self) -> list[Person]: ...
    def by_id(self, id: int) -> Person: ...
    def by_slack(self, slack_id: str) -> Person | None: ...
    def add(
        self,
        name: str,
        *,
        slack_id: str | None = None,
        department: int | None = None,
        zone: str = "UTC",
        roles: frozenset[Role] = frozenset(),
    ) -> Person: ...
    def save(self, person: Person) -> None: ...


class Departments(Protocol):
    def all(self) -> list[Department]: ...
    def by_id(self, id: int) -> Department: ...
    def add(self, name: str, channel: Channel | None = None) -> Department: ...
    def save(self, department: Department) -> None: ...
