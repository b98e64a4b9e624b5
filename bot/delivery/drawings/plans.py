"""Plans: the one message of each, what is said in its thread, and its invitations."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from bot.delivery.documents import Document
from bot.delivery.drawings.proposals import pictures_of
from bot.delivery.drawn import Draw, Drawn, Overtaken, plain
from handlers.plans.reading import read_plan
from handlers.views.invitations import MIMETYPE, cancellation_ics, invitation_ics, invitation_name, invitation_title
from handlers.views.names import Names
from handlers.views.plan_news import News, cancellation_words, invitation_words, plan_news
from handlers.views.plans import plan_message
from planning.outbox.values import MessageKind, Posting
from planning.plans.following import DUE, ESCALATED, GONE, LATE, SOON, UNACCEPTED
from planning.plans.telling import SESSION
from planning.plans.values import Plan, PlanState
from planning.register import Register

SAID_WHILE: Mapping[str, Collection[PlanState]] = {
    **dict.fromkeys((SOON, DUE, LATE), (PlanState.ACCEPTED,)),
    **dict.fromkeys((UNACCEPTED, ESCALATED, GONE), (PlanState.OPEN,)),
}
"""Reminders that are out of date when the plan is no longer there where it was."""


def _plan(register: Register, posting: Posting, now: datetime) -> Drawn:
    shown = read_plan(register, register.plans.by_id(posting.subject), now)
    return Drawn(lambda files: plan_message(shown, files), pictures_of(shown.proposal) if shown.proposal else {})


def _news(register: Register, posting: Posting, _now: datetime) -> Drawn:
    plan = register.plans.by_id(posting.subject)
    if plan.state not in SAID_WHILE.get(str(posting.payload["what"]), (plan.state,)):
        raise Overtaken("The plan has gone on before this was said.")
    zone = register.workspaces.current().zone
    people = {one.id: one for one in register.people.all()}
    applied = register.proposals.by_id(plan.applied) if plan.applied is not None else None
    news = News(plan, posting.payload, people, Names.of(register), zone, applied)
    changed = register.initiatives.some((*news.ids("initiatives"), *news.ids("back")))
    owners = list(dict.fromkeys(one.draft.owner for one in changed))
    told = News(plan, posting.payload, people, news.names, zone, applied, [one for one in owners if one is not None])
    return plain(plan_news(told))


def _calendar(register: Register, posting: Posting, now: datetime) -> Drawn:
    if "cancelled" in posting.payload:
        return _cancellation(register, posting, now)
    return _invitation(register, posting, now)


def _cancellation(register: Register, posting: Posting, now: datetime) -> Drawn:
    """The file that takes out of calendars what was planned for a moment that has gone from the plan."""
    plan, payload = register.plans.by_id(posting.subject), posting.payload
    what, was = str(payload["what"]), datetime.fromisoformat(str(payload["cancelled"]))
    terms = replace(plan.terms, session_at=was, review_on=was.date())
    planned = replace(plan, terms=terms, revision=int(str(payload["revision"])))
    shown, workspace = read_plan(register, planned, now), register.workspaces.current()
    content = cancellation_ics(shown, what, workspace.id)
    name, title = invitation_name(shown, what, off=True), invitation_title(shown, what)
    file = Document(name, title, lambda: content, MIMETYPE)
    words = cancellation_words(planned, what, workspace.zone)
    return Drawn(lambda _files: words, document=file)


def _invitation(register: Register, posting: Posting, now: datetime) -> Drawn:
    """The file of the revision that was agreed; one that was changed since has a file of its own."""
    plan, what = register.plans.by_id(posting.subject), str(posting.payload["what"])
    if plan.state is PlanState.OFF or not _is_set(plan, what):
        raise Overtaken("This day was taken out of the plan before anybody was invited.")
    shown, workspace = read_plan(register, plan, now), register.workspaces.current()
    content = invitation_ics(shown, what, workspace.id)
    file = Document(invitation_name(shown, what), invitation_title(shown, what), lambda: content, MIMETYPE)
    words = invitation_words(plan, what, workspace.zone)
    return Drawn(lambda _files: words, document=file)


def _is_set(plan: Plan, what: str) -> bool:
    return (plan.terms.session_at if what == SESSION else plan.terms.review_on) is not None


DRAW: Mapping[MessageKind, Draw] = {
    MessageKind.PLAN: _plan,
    MessageKind.PLAN_NEWS: _news,
    MessageKind.CALENDAR: _calendar,
}
