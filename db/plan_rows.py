"""The tables of plans: one row each, and rows for what is pledged and who accepts."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.tables import Numbered, Owned, Row, within
from planning.plans.values import Acceptance, Outcome, Plan, PlanState, Pledge, Terms
from planning.proposals.values import About


class PlanRow(Numbered, Row):
    """A shared plan; `departments`, `people` and `initiatives` are ids."""

    __tablename__ = "plans"
    __table_args__ = (
        Index(None, "workspace_id", "state"),
        Index(None, "workspace_id", "finding_id"),
        Index(None, "next_at"),
        within("opened_by", "people"),
        within("finding_id", "findings"),
        within("metric_id", "metrics"),
        within("closed_by", "people"),
    )

    about: Mapped[dict[str, object]]
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None]
    departments: Mapped[list[object]]
    people: Mapped[list[object]]
    initiatives: Mapped[list[object]]
    finding_id: Mapped[int | None]
    state: Mapped[PlanState]
    revision: Mapped[int]
    changed_at: Mapped[datetime | None]
    goal: Mapped[str]
    metric_id: Mapped[int | None]
    due_on: Mapped[date | None]
    session_at: Mapped[datetime | None]
    review_on: Mapped[date | None]
    decisions: Mapped[str]
    proposal: Mapped[int | None]
    accepted_at: Mapped[datetime | None]
    applied: Mapped[int | None]
    outcome: Mapped[Outcome | None]
    came_of_it: Mapped[str]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None]
    next_at: Mapped[datetime | None]
    reminded: Mapped[int]

    def fill(self, plan: Plan) -> None:
        """Take over what the value says, but for pledges and acceptances."""
        self.about, self.finding_id = plan.about.model_dump(mode="json"), plan.finding
        self.opened_at, self.opened_by, self.changed_at = plan.opened_at, plan.opened_by, plan.changed_at
        self.departments, self.people, self.initiatives = [*plan.departments], [*plan.people], [*plan.initiatives]
        self.state, self.revision, self.accepted_at = plan.state, plan.revision, plan.accepted_at
        self.applied = plan.applied
        self.outcome, self.came_of_it = plan.outcome, plan.came_of_it
        self.closed_at, self.closed_by = plan.closed_at, plan.closed_by
        self.next_at, self.reminded = plan.next_at, plan.reminded
        self._fill_terms(plan.terms)

    def value(self, pledges: tuple[Pledge, ...], acceptances: tuple[Acceptance, ...]) -> Plan:
        """The row with what lies in rows of its own, as planning knows it."""
        return Plan(
            id=self.id,
            about=About.model_validate(self.about),
            opened_at=self.opened_at,
            opened_by=self.opened_by,
            departments=_ids(self.departments),
            people=_ids(self.people),
            initiatives=_ids(self.initiatives),
            finding=self.finding_id,
            state=self.state,
            revision=self.revision,
            changed_at=self.changed_at,
            terms=self._terms(pledges),
            acceptances=acceptances,
            accepted_at=self.accepted_at,
            applied=self.applied,
            outcome=self.outcome,
            came_of_it=self.came_of_it,
            closed_at=self.closed_at,
            closed_by=self.closed_by,
            next_at=self.next_at,
            reminded=self.reminded,
        )

    def _fill_terms(self, terms: Terms) -> None:
        self.goal, self.metric_id, self.decisions = terms.goal, terms.metric, terms.decisions
        self.due_on, self.session_at, self.review_on = terms.due_on, terms.session_at, terms.review_on
        self.proposal = terms.proposal

    def _terms(self, pledges: tuple[Pledge, ...]) -> Terms:
        days = (self.due_on, self.session_at, self.review_on)
        return Terms(self.goal, self.metric_id, *days, self.decisions, self.proposal, pledges)


class PledgeRow(Owned, Row):
    """What a department gives to a plan."""

    __tablename__ = "plan_pledges"
    __table_args__ = (within("plan_id", "plans"), within("department_id", "departments"), within("pool_id", "pools"))

    plan_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int]
    pool_id: Mapped[int]
    person_weeks: Mapped[float]
    starts_on: Mapped[date]
    delivered: Mapped[float | None]

    def value(self) -> Pledge:
        """The row as planning knows it."""
        return Pledge(self.department_id, self.pool_id, self.person_weeks, self.starts_on, self.delivered)


class AcceptanceRow(Owned, Row):
    """A department accepts a plan."""

    __tablename__ = "plan_acceptances"
    __table_args__ = (within("plan_id", "plans"), within("department_id", "departments"), within("by", "people"))

    plan_id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(primary_key=True)
    by: Mapped[int]
    at: Mapped[datetime]
    revision: Mapped[int]

    def value(self) -> Acceptance:
        """The row as planning knows it."""
        return Acceptance(self.department_id, self.by, self.at, self.revision)


def pledge_columns(position: int, pledge: Pledge) -> dict[str, object]:
    """What of a pledge lies in its row."""
    return {
        "position": position,
        "department_id": pledge.department,
        "pool_id": pledge.pool,
        "person_weeks": pledge.person_weeks,
        "starts_on": pledge.starts_on,
        "delivered": pledge.delivered,
    }


def acceptance_columns(acceptance: Acceptance) -> dict[str, object]:
    """What of an acceptance lies in its row."""
    said = {"by": acceptance.by, "at": acceptance.at, "revision": acceptance.revision}
    return {"department_id": acceptance.department, **said}


def _ids(listed: list[object]) -> tuple[int, ...]:
    return tuple(int(str(id)) for id in listed)
