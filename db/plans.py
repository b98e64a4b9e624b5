"""Plans: what leads have agreed to do together."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, insert

from db.plan_rows import AcceptanceRow, PlanRow, PledgeRow, acceptance_columns, pledge_columns
from db.scope import Scope, portions
from planning.plans.values import Acceptance, Plan, PlanState, Pledge


@dataclass(frozen=True, slots=True)
class SqlPlans:
    """The plans of a workspace, oldest first."""

    scope: Scope

    def by_id(self, id: int, *, lock: bool = False) -> Plan:
        """The plan with a number; with `lock` nobody else changes it until the end of the unit."""
        return self._values([self.scope.one(PlanRow, id, "I do not know this plan.", lock=lock)])[0]

    def of_finding(self, finding: int) -> Plan | None:
        """The newest one of a finding."""
        return next(iter(self._where(PlanRow.finding_id == finding)[::-1]), None)

    def in_state(self, states: Collection[PlanState]) -> list[Plan]:
        """All in one of these states."""
        return self._where(PlanRow.state.in_(sorted(states)))

    def changed_since(self, since: datetime | None) -> list[Plan]:
        """Those opened, accepted or closed since then; all without it."""
        return self._where(*([PlanRow.changed_at >= since] if since else []))

    def due(self, now: datetime) -> list[Plan]:
        """Those to be looked at, locked; what another process has locked is left out."""
        rows = self.scope.select(PlanRow).where(plan_due(now)).order_by(PlanRow.id)
        return self._values(self.scope.session.scalars(rows.with_for_update(skip_locked=True)).all())

    def add(self, plan: Plan) -> Plan:
        """Store one (its `id` is ignored and assigned)."""
        numbered = replace(plan, id=self.scope.number(PlanRow))
        self._write(PlanRow(workspace_id=self.scope.workspace, id=numbered.id), numbered)
        return numbered

    def save(self, plan: Plan) -> None:
        """Write it as it is now."""
        self._write(self.scope.one(PlanRow, plan.id, "I do not know this plan."), plan)

    def _write(self, row: PlanRow, plan: Plan) -> None:
        row.fill(plan)
        self.scope.keep(row)
        owner = {"workspace_id": self.scope.workspace, "plan_id": plan.id}
        pledged = [{**owner, **pledge_columns(*each)} for each in enumerate(plan.terms.pledges)]
        accepted = [{**owner, **acceptance_columns(each)} for each in plan.acceptances]
        for table, rows in ((PledgeRow, pledged), (AcceptanceRow, accepted)):
            self.scope.session.execute(delete(table).where(self.scope.owns(table), table.plan_id == plan.id))
            if rows:
                self.scope.session.execute(insert(table), rows)

    def _where(self, *conditions: ColumnElement[bool]) -> list[Plan]:
        """Put in order here: asked for the order, SQLite would go through all plans to spare itself the sorting."""
        rows = self.scope.session.scalars(self.scope.select(PlanRow).where(*conditions))
        return self._values(sorted(rows, key=lambda row: row.id))

    def _values(self, rows: Sequence[PlanRow]) -> list[Plan]:
        pledges: defaultdict[int, list[Pledge]] = defaultdict(list)
        acceptances: defaultdict[int, list[Acceptance]] = defaultdict(list)
        for some in portions([row.id for row in rows]):
            given = self.scope.select(PledgeRow).where(PledgeRow.plan_id.in_(some)).order_by(PledgeRow.position)
            for pledge in self.scope.session.scalars(given):
                pledges[pledge.plan_id].append(pledge.value())
            said = self.scope.select(AcceptanceRow).where(AcceptanceRow.plan_id.in_(some))
            for one in self.scope.session.scalars(said.order_by(AcceptanceRow.department_id)):
                acceptances[one.plan_id].append(one.value())
        return [row.value(tuple(pledges[row.id]), tuple(acceptances[row.id])) for row in rows]


def plan_due(now: datetime) -> ColumnElement[bool]:
    """Whether a plan has to be looked at."""
    return and_(PlanRow.next_at.is_not(None), PlanRow.next_at <= now)
