"""What is said in the thread of a plan, and the invitations that come with it."""

from datetime import datetime

from planning.outbox.values import Address, MessageKind, Posting
from planning.plans.party import Party, address_of, concerned_by
from planning.plans.values import Plan
from planning.register import Register

SESSION, REVIEW = "session", "review"


def plan_key(plan: Plan) -> str:
    """The delivery key of a plan's message; conversations that were opened before plans had numbers share it."""
    return f"plan:{plan.id}"


def tell(register: Register, plan: Plan, what: str, now: datetime, **payload: object) -> None:
    """Say in the plan's thread what became of it; `what` names the event, `payload` are JSON values to tell it by."""
    key = f"plan-news:{plan.id}:{what}:{now.isoformat()}"
    _post(register, plan, MessageKind.PLAN_NEWS, key, {"what": what, **payload}, now)


def invite(register: Register, plan: Plan, what: str, now: datetime) -> None:
    """Send the invitation to the session, or the day of the review, as a file into the thread."""
    key = f"calendar:{plan.id}:{what}:{plan.revision}"
    _post(register, plan, MessageKind.CALENDAR, key, {"what": what, "revision": plan.revision}, now)


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
