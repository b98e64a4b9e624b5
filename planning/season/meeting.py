"""From a season's message to the session: one shared plan for the stage, whoever presses first."""

from datetime import datetime

from planning.errors import NotAllowed, NotFound
from planning.findings.facts.base import listed
from planning.plans.opening import open_about
from planning.plans.values import Plan, PlanState
from planning.proposals.asking import Proposal
from planning.proposals.values import AboutKind
from planning.register import Register
from planning.season.gathering import Season
from planning.season.values import StageSeason
from planning.workspace.rights import Right, Ties, may
from planning.workspace.values import Person

NAMES = 4
_GOING = (PlanState.OPEN, PlanState.ACCEPTED)


def open_session(register: Register, proposal_id: int, actor: Person, now: datetime) -> Plan:
    """The plan of the stage for the quarter; pressed twice it is the same one."""
    proposal = register.proposals.by_id(proposal_id, lock=True)
    stage, season = stage_of(register, proposal, now)
    check_may_meet(stage, season, actor)
    session = session_of(register, proposal)
    if session is not None:
        return session
    if not stage.initiatives:
        raise NotFound("Nothing is planned on this stage in the quarter any more, so there is nothing to agree on.")
    return open_about(register, proposal.about, stage.initiatives, actor, now, proposal=proposal.id)


def session_of(register: Register, proposal: Proposal) -> Plan | None:
    """The plan that was begun from it, while it goes on."""
    return next((plan for plan in register.plans.in_state(_GOING) if plan.about == proposal.about), None)


def stage_of(register: Register, proposal: Proposal, now: datetime) -> tuple[StageSeason, Season]:
    """The stage that a season's proposal is about, as it is now."""
    season = Season(register.initiatives.portfolio(now), proposal.about.quarter)
    stage = season.stage(proposal.about.id) if proposal.about.kind is AboutKind.STAGE else None
    if stage is None:
        raise NotFound("This stage is no longer part of the journey.")
    return stage, season


def check_may_meet(stage: StageSeason, season: Season, actor: Person) -> None:
    """Raises NotAllowed, naming whom to ask, unless the person leads a department of the stage, or is a steward."""
    if may(actor, Right.OPEN_SESSION, Ties(stage.departments)):
        return
    leads = [one for department in stage.departments for one in season.portfolio.leads_of(department)]
    names = listed([one.name for one in leads[:NAMES]], "or") or "a steward"
    raise NotAllowed(f"The session is for the leads who share this stage to open. Ask {names}.")
