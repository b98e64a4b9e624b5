"""A plan with all that its message tells, read from the register."""

from collections.abc import Sequence
from datetime import datetime

from handlers.views.names import Names
from handlers.views.plans import PlanShown
from planning.agreement.score_testing import to_settle
from planning.plans.party import Party, concerned_by
from planning.plans.terms import proposal_of
from planning.plans.values import Plan
from planning.proposals.asking import Proposal
from planning.proposals.requesting import may_be_proposed
from planning.register import Register
from planning.workspace.arranging import stewards_of
from planning.workspace.values import Person


def read_plan(register: Register, plan: Plan, now: datetime) -> PlanShown:
    """As it is now."""
    initiatives = register.initiatives.some(plan.initiatives)
    party, stewards = Party.of(register, plan), stewards_of(register)
    return PlanShown(
        plan,
        party,
        initiatives,
        Names.of(register),
        register.workspaces.current().zone,
        finding=register.findings.by_id(plan.finding) if plan.finding is not None else None,
        proposal=_proposal(register, plan),
        disputed=to_settle(register, initiatives, now),
        outside=_outside(party),
        steward=not _to_ask(plan, stewards),
    )


def _proposal(register: Register, plan: Plan) -> Proposal | None:
    """Nothing where no dates could solve it: that nothing has to move would sound as if all were well."""
    found = proposal_of(register, plan)
    changes = found is not None and found.best is not None and bool(found.best.changes)
    return found if changes or may_be_proposed(register, plan.about) else None


def _outside(party: Party) -> Sequence[str]:
    """Whom it concerns and who is not in its conversation; of a mere conversation nobody knows who was."""
    people = party.plan.people
    return [one.name for one in concerned_by(party) if people and one.id not in people]


def _to_ask(plan: Plan, stewards: Sequence[Person]) -> bool:
    """Whether there is a steward to ask, and none takes part yet."""
    return any(one.slack_id for one in stewards) and not any(one.id in plan.people for one in stewards)
