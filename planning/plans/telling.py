"""What is said in the thread of a plan, and the invitations that come with it."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time

from planning.outbox.values import Address, MessageKind, Posting
from planning.plans.party import Party, address_of, concerned_by
from planning.plans.values import Plan, PlanState
from planning.register import Register

SESSION, REVIEW = "session", "review"


def plan_key(plan: Plan) -> str:
    """The delivery key of a plan's message; conversations that were opened before plans had numbers share it."""
    return f"plan:{plan.id}"


def redraw(register: Register, initiatives: Collection[int]) -> None:
    """Have the messages of plans that go on and are about any of these drawn again."""
    ongoing = register.plans.in_state({PlanState.OPEN, PlanState.ACCEPTED})
    shown = [plan.id for plan in ongoing if not {*initiatives}.isdisjoint(plan.initiatives)]
    if shown:
        register.postings.revise(MessageKind.PLAN, *shown)


def tell(register: Register, plan: Plan, what: str, now: datetime, **payload: object) -> None:
    """Say in the plan's thread what became of it; `what` names the event, `payload` are JSON values to tell it by."""
    key = f"plan-news:{plan.id}:{what}:{now.isoformat()}"
    _post(register, plan, MessageKind.PLAN_NEWS, key, {"what": what, **payload}, now)


def invite(register: Register, plan: Plan, what: str, now: datetime) -> None:
    """Send the invitation to the session, or the day of the review, as a file into the thread."""
    key = f"calendar:{plan.id}:{what}:{plan.revision}"
    _post(register, plan, MessageKind.CALENDAR, key, {"what": what, "revision": plan.revision}, now)


def disinvite(register: Register, before: Plan, after: Plan, now: datetime) -> None:
    """Send a file that takes out of calendars what `after` has no more, and what is still to come."""
    review, agreed = before.terms.review_on, before.accepted_at is not None
    planned = {
        SESSION: (before.terms.session_at, after.terms.session_at),
        REVIEW: (_morning(review) if agreed and review else None, after.terms.review_on),
    }
    for what, (was, is_now) in planned.items():
        if was is not None and was > now and (is_now is None or after.state is PlanState.OFF):
            key = f"calendar:{after.id}:{what}:{after.revision}:off"
            payload: dict[str, object] = {"what": what, "revision": after.revision, "cancelled": was.isoformat()}
            _post(register, after, MessageKind.CALENDAR, key, payload, now)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _post(
    register: Register, plan: Plan, kind: MessageKind, key: str, payload: dict[str, object], now: datetime
) -> None:
    address = _address(register, plan)
    if address is not None:
        register.postings.add(Posting(key, kind, plan.id, address, payload, follows=plan_key(plan)), now)


def _address(register: Register, plan: Plan) -> Address | None:
    """Where its message is; for a plan that was a mere conversation, whom it concerns now."""
    people = [register.people.by_id(id) for id in plan.people] or concerned_by(Party.of(register, plan))
    return address_of(people)
