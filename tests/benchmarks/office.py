"""A made-up company that works for a year: people register, change, decide, put off, hand over, go on holiday."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from db.registers import SqlRegisters
from planning.alerts.preferences import Notice, Preferences
from planning.alerts.preferring import save_preferences
from planning.alerts.values import AlertState
from planning.decisions.asking import asked_now
from planning.decisions.ruling import decline
from planning.errors import PlanningError
from planning.findings.handing import hand
from planning.findings.joining import join, may_give_up
from planning.findings.settling import decide, undo
from planning.findings.values import Choice, Finding, Kind, State
from planning.initiatives.changing import amend, withdraw
from planning.initiatives.registering import register_initiative, runs_into
from planning.initiatives.rehearsing import Rehearsal
from planning.initiatives.values import Draft, Initiative, Status
from planning.plans.accepting import accept
from planning.plans.party import Party
from planning.plans.terms import change_terms
from planning.plans.values import PlanState
from planning.register import Register
from planning.similarity import Floats
from planning.window import Window
from planning.workspace.values import AlertsTo, Channel, Person, Role
from tests.builders import contact, draft, pool, request, stage, vector

BEGINS = datetime(2027, 1, 4, tzinfo=UTC)
"""A Monday."""
ZONES = ("Europe/Oslo", "Europe/London", "America/New_York", "Asia/Tokyo")
TOPICS, DIMENSION, POOLS, STAGES = 15, 64, 6, 6
HOLIDAY = 14
PLANNED = timedelta(days=60)
HANDED_OVER = 0.2
"""Of the changes so many give the initiative to another owner."""
RULED = 3
"""Decisions that the executives take in a week."""


@dataclass
class Office:
    """The company at work; `random` makes all of its choices, so that a seed gives one year."""

    registers: SqlRegisters
    departments: int
    random: np.random.Generator
    leads: int = 3
    wants: dict[int, list[tuple[datetime, Preferences]]] = field(default_factory=dict)
    """What each person wanted from when on."""

    def found(self) -> None:
        """Departments with their leads in several zones, some of which prefer a channel; stages, pools, customers."""
        with self.registers.writing() as register:
            for n in range(1, self.departments + 1):
                made = register.departments.add(f"Department {n}", Channel(f"department-{n}", f"C{n:04}"))
                if n % 7 == 0:
                    register.departments.save(replace(made, alerts_to=AlertsTo.CHANNEL))
                for which in range(self.leads):
                    self._hire(register, made.id, which)
            register.people.add("Executive", slack_id="U0EXEC", roles=frozenset({Role.EXECUTIVE}))
            for n in range(1, STAGES + 1):
                register.journeys.add_stage(stage(id=n, name=f"Stage {n}", position=n))
            for n in range(1, POOLS + 1):
                register.pools.add(pool(name=f"Pool {n}", capacity=3.0, leave=()))
            register.journeys.add_segment("Private customers")
            register.journeys.add_touchpoint("Email")

    def act(self, now: datetime) -> None:
        """Somebody does something; what is refused was not done."""
        acts: tuple[tuple[float, Callable[[Register, datetime], None]], ...] = (
            (0.26, self._register),
            (0.12, self._amend),
            (0.08, self._withdraw),
            (0.42, self._decide),
            (0.04, self._join),
            (0.08, self._agree),
            (0.04, self._undo),
            (0.04, self._hand),
            (0.04, self._say_when),
        )
        chances = np.array([chance for chance, _ in acts])
        act = acts[self.random.choice(len(acts), p=chances / chances.sum())][1]
        with suppress(PlanningError), self.registers.writing() as register:
            act(register, now)

    def rule(self, now: datetime) -> None:
        """An executive leaves as they are the first of what the leads did not answer."""
        with self.registers.writing() as register:
            executive = next(person for person in register.people.all() if Role.EXECUTIVE in person.roles)
            for asked in asked_now(register, now)[:RULED]:
                with suppress(PlanningError):
                    decline(register, asked.decision.id, executive, now)

    def _hire(self, register: Register, department: int, which: int) -> None:
        zone = ZONES[department % len(ZONES)]
        name = f"Lead {department}.{which}"
        roles = frozenset({Role.LEAD})
        register.people.add(name, slack_id=f"U{department:03}{which}", department=department, zone=zone, roles=roles)

    def _somebody(self, register: Register) -> Person:
        people = [person for person in register.people.all() if person.department is not None]
        return people[int(self.random.integers(len(people)))]

    def _register(self, register: Register, now: datetime) -> None:
        actor = self._somebody(register)
        about = self._about()
        coming = self._draft(actor.department or 1, now.date())
        near = [one.initiative.id for one in runs_into(Rehearsal.of(register, coming, about, now)) if not one.own]
        answers = dict.fromkeys(near, Choice.COORDINATE if self.random.random() < 0.3 else Choice.DIFFERENT)
        register_initiative(register, coming, about, answers, actor, now)

    def _amend(self, register: Register, now: datetime) -> None:
        one = self._initiative(register, now)
        again = self._draft(one.draft.department, now.date())
        owner = self._somebody(register).id if self.random.random() < HANDED_OVER else one.draft.owner
        planned = replace(one.draft, contacts=again.contacts, requests=again.requests)
        changed = replace(planned, status=Status.ACTIVE, owner=owner)
        amend(register, one.id, changed, None, self._lead(register, one), now)

    def _withdraw(self, register: Register, now: datetime) -> None:
        one = self._initiative(register, now)
        withdraw(register, one.id, self._lead(register, one), now)

    def _decide(self, register: Register, now: datetime) -> None:
        """A lead answers one that they were told of."""
        told = self._told(register, now)
        choices = (Choice.COORDINATE, Choice.PLAN, Choice.DIFFERENT, Choice.SNOOZE)
        choice = choices[self.random.choice(4, p=(0.4, 0.15, 0.25, 0.2))]
        until = now + timedelta(days=int(self.random.integers(3, 21)))
        decide(register, told.id, choice, self._concerned(register, told), now, until)

    def _join(self, register: Register, now: datetime) -> None:
        """Of two initiatives one is given up for the other."""
        told = self._told(register, now)
        actor = self._concerned(register, told)
        mine = may_give_up(register, told, actor)
        if mine:
            join(register, told.id, mine[0].id, actor, now)

    def _agree(self, register: Register, now: datetime) -> None:
        """The people of a plan write what they agree on, or accept what is written."""
        plans = register.plans.in_state({PlanState.OPEN})
        if not plans:
            raise PlanningError("No plan is open.")
        plan = plans[int(self.random.integers(len(plans)))]
        department = Party.of(register, plan).waiting[0]
        lead = next(person for person in register.people.all() if person.leads(department))
        if plan.terms.goal:
            accept(register, plan.id, plan.revision, lead, now)
        else:
            agreed = replace(plan.terms, goal="One letter that says it all", due_on=now.date() + PLANNED)
            change_terms(register, plan.id, agreed, lead, now)

    def _undo(self, register: Register, now: datetime) -> None:
        one = self._overlap(register, State.SETTLED, now)
        undo(register, one.id, self._concerned(register, one), now)

    def _hand(self, register: Register, now: datetime) -> None:
        told = self._told(register, now)
        hand(register, told.id, self._somebody(register), self._concerned(register, told), now)

    def _say_when(self, register: Register, now: datetime) -> None:
        """A holiday, other hours, a switch off, or back to what is usual."""
        person, today = self._somebody(register), now.date()
        wishes = (
            Preferences(person.id, off=(Window(today, today + timedelta(days=HOLIDAY)),)),
            Preferences(person.id, quiet_until=today + timedelta(days=5)),
            Preferences(person.id, frozenset({Notice.OVERLAPS})),
            Preferences(person.id),
        )
        wanted = wishes[self.random.choice(4, p=(0.5, 0.2, 0.05, 0.25))]
        self.wants.setdefault(person.id, []).append((now, save_preferences(register, wanted, person, now)))

    def _about(self) -> Floats:
        """A text of one of the topics, near to the others of it."""
        mixed = vector(int(self.random.integers(TOPICS)), DIMENSION) + 0.35 * vector(
            int(self.random.integers(1000, 9000)), DIMENSION
        )
        unit: Floats = (mixed / np.linalg.norm(mixed)).astype(np.float32)
        return unit

    def _draft(self, department: int, today: date) -> Draft:
        starts = today + timedelta(days=int(self.random.integers(0, 90)))
        span = Window(starts, starts + timedelta(days=27))
        asked = (request(pool=int(self.random.integers(1, POOLS + 1)), person_weeks=3.0, window=span),)
        reached = (contact(window=Window(starts, starts + timedelta(days=2))),)
        return draft(
            title=f"Work {int(self.random.integers(10**6))}",
            problem="",
            department=department,
            stages=(int(self.random.integers(1, STAGES + 1)),),
            requests=asked if self.random.random() < 0.15 else (),
            contacts=reached if self.random.random() < 0.1 else (),
        )

    def _initiative(self, register: Register, now: datetime) -> Initiative:
        live = register.initiatives.portfolio(now).initiatives
        if not live:
            raise PlanningError("Nothing is registered yet.")
        return live[int(self.random.integers(len(live)))]

    def _lead(self, register: Register, one: Initiative) -> Person:
        return next(person for person in register.people.all() if person.leads(one.draft.department))

    def _told(self, register: Register, now: datetime) -> Finding:
        one = self._overlap(register, State.OPEN, now)
        if not any(alert.state in TOLD for alert in register.alerts.of(one.id)):
            raise PlanningError("Nobody was told of it yet.")
        return one

    def _overlap(self, register: Register, state: State, now: datetime) -> Finding:
        total = register.findings.page(Kind.OVERLAP, now, 1, states=(state,)).total
        if not total:
            raise PlanningError("There is none.")
        return register.findings.page(Kind.OVERLAP, now, 1, int(self.random.integers(total)), states=(state,)).items[0]

    def _concerned(self, register: Register, finding: Finding) -> Person:
        ids = finding.found.initiatives()
        return self._lead(register, register.initiatives.by_id(ids[int(self.random.integers(len(ids)))]))


TOLD = frozenset({AlertState.CARD, AlertState.SUMMARY})
