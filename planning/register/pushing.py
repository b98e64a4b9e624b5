"""Stores of what pushes people to plan together: preferences, alerts, plans, proposals, decisions."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from planning.alerts.preferences import Preferences
from planning.alerts.values import Alert
from planning.checkins.values import CheckIn
from planning.decisions.values import Decision
from planning.outbox.values import Address
from planning.plans.values import Plan, PlanState
from planning.proposals.asking import Proposal
from planning.proposals.values import About


class PreferencesStore(Protocol):
    """What people want; who never said has the usual ones."""

    def all(self) -> dict[int, Preferences]:
        """Person id → what they want, of those who said."""
        ...

    def of(self, person: int) -> Preferences: ...
    def save(self, wanted: Preferences) -> None: ...


class Alerts(Protocol):
    def add(self, alert: Alert) -> Alert | None:
        """Store one (its `id` is ignored and assigned); None when the address has one of that finding."""
        ...

    def add_all(self, alerts: Sequence[Alert]) -> list[Alert]:
        """Store many, few statements for all; without those whose address has one of that finding."""
        ...

    def due(self, now: datetime) -> list[Alert]:
        """Those that wait and are to be told by now, oldest first."""
        ...

    def of(self, *findings: int) -> list[Alert]: ...
    def told_in(self, week: date, addresses: Collection[Address]) -> list[Alert]:
        """Those told to these addresses in the week that begins on that Monday."""
        ...

    def in_summary(self, first: int) -> list[Alert]:
        """Those told in the summary that begins with an alert."""
        ...

    def save_all(self, alerts: Sequence[Alert]) -> None: ...


class Plans(Protocol):
    def by_id(self, id: int, *, lock: bool = False) -> Plan: ...
    def of_finding(self, finding: int) -> Plan | None:
        """The newest one of a finding."""
        ...

    def in_state(self, states: Collection[PlanState]) -> list[Plan]: ...
    def changed_since(self, since: datetime | None) -> list[Plan]:
        """Those opened, accepted or closed since then; all without it."""
        ...

    def due(self, now: datetime) -> list[Plan]:
        """Those to be looked at, locked; what another process has locked is left out."""
        ...

    def add(self, plan: Plan) -> Plan:
        """Store one (its `id` is ignored and assigned)."""
        ...

    def save(self, plan: Plan) -> None: ...


class Proposals(Protocol):
    def by_id(self, id: int, *, lock: bool = False) -> Proposal: ...
    def of(self, about: About) -> list[Proposal]:
        """All about the same thing, the newest first."""
        ...

    def add(self, proposal: Proposal) -> Proposal:
        """Store one (its `id` is ignored and assigned)."""
        ...

    def save(self, proposal: Proposal) -> None: ...
    def claim(self, now: datetime, lease: timedelta) -> Proposal | None:
        """Take on the oldest that waits or whose computer has not come back; it is ours until the lease ends."""
        ...


class Decisions(Protocol):
    def by_id(self, id: int, *, lock: bool = False) -> Decision: ...
    def open(self) -> list[Decision]:
        """Those that nobody has ruled on, oldest first."""
        ...

    def ruled(self, since: datetime | None = None) -> list[Decision]: ...
    def of(self, findings: Collection[int]) -> list[Decision]: ...
    def add(self, decision: Decision) -> Decision:
        """Store one (its `id` is ignored and assigned)."""
        ...

    def save(self, decision: Decision) -> None: ...


class CheckIns(Protocol):
    def add_all(self, check_ins: Sequence[CheckIn]) -> list[CheckIn]:
        """Store them (their ids are ignored and assigned)."""
        ...

    def by_id(self, id: int, *, lock: bool = False) -> CheckIn: ...
    def asked(self, person: int, asked_at: datetime) -> list[CheckIn]:
        """What one person was asked at that moment, by initiative."""
        ...

    def last_asked(self, person: int) -> CheckIn | None:
        """One of the newest that were put to a person."""
        ...

    def latest(self, initiatives: Collection[int]) -> dict[int, CheckIn]:
        """Initiative id → the newest check-in about it that was answered."""
        ...

    def newest(self, initiatives: Collection[int]) -> dict[int, CheckIn]:
        """Initiative id → the newest check-in about it, answered or not."""
        ...

    def since(self, since: datetime) -> list[CheckIn]:
        """Those asked since then, oldest first."""
        ...

    def save(self, check_in: CheckIn) -> None: ...
