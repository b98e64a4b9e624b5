"""Which messages are about something that goes on: they are edited, or answered in their thread, when it changes."""

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import InstrumentedAttribute

from db.alerts import AlertRow
from db.decisions import DecisionRow
from db.finding_rows import FindingRow
from db.plan_rows import PlanRow
from db.polls import InvitationRow, PollRow
from db.postings import MessageRow
from db.proposals import ProposalRow
from db.ratifications import RatificationRow
from db.tables import Numbered
from planning.outbox.values import MessageKind
from planning.plans.values import PlanState

_GOES_ON = (PlanState.OPEN, PlanState.ACCEPTED)


def still_told() -> ColumnElement[bool]:
    """Whether what a message is about is not over."""
    about = MessageRow.subject
    asked = _is(InvitationRow, about) & _is(PollRow, InvitationRow.poll_id)
    summed = and_(AlertRow.workspace_id == MessageRow.workspace_id, AlertRow.summary == about)
    since = and_(DecisionRow.workspace_id == MessageRow.workspace_id, DecisionRow.asked_at <= MessageRow.created_at)
    return or_(
        _kind("ALERT", "NEWS") & exists().where(_is(FindingRow, about), FindingRow.closed_at.is_(None)),
        _kind("ALERTS") & exists().where(summed, _is(FindingRow, AlertRow.finding_id), FindingRow.closed_at.is_(None)),
        _kind("PLAN", "PLAN_NEWS", "CALENDAR") & exists().where(_is(PlanRow, about), PlanRow.state.in_(_GOES_ON)),
        _kind("DECISION") & exists().where(_is(DecisionRow, about), DecisionRow.ruling.is_(None)),
        _kind("DIGEST") & exists().where(since, DecisionRow.ruling.is_(None)),
        _kind("QUESTION", "REMINDER") & exists().where(asked, PollRow.closed_at.is_(None)),
        _kind("RATIFICATION") & exists().where(_is(RatificationRow, about), RatificationRow.closed_at.is_(None)),
        _kind("PROPOSAL", "SEASON", "PACK") & exists().where(_is(ProposalRow, about), ProposalRow.done_at.is_(None)),
    )


def _kind(*names: str) -> ColumnElement[bool]:
    return MessageRow.kind.in_([MessageKind[name] for name in names])


def _is(row: type[Numbered], id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return and_(row.workspace_id == MessageRow.workspace_id, row.id == id)
