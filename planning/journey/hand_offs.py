"""The stewards' hand-offs from one stage to another."""

from datetime import datetime
from itertools import pairwise

from planning.audit.values import Entry
from planning.errors import FieldError, NotFound
from planning.journey.values import HandOff, Journey
from planning.journey.versioning import put_on_record
from planning.register import Register
from planning.workspace.arranging import check_steward
from planning.workspace.values import Person


def save_hand_off(register: Register, hand_off: HandOff, actor: Person, now: datetime) -> HandOff:
    """Make a hand-off (`id` 0) or change it. Raises FieldError."""
    check_steward(register, actor)
    before = register.journeys.current()
    _check(register, hand_off, before)
    if not hand_off.id:
        hand_off = register.journeys.add_hand_off(hand_off)
    elif hand_off != known_hand_off(before, hand_off.id):
        register.journeys.save_hand_off(hand_off)
    ends: dict[str, object] = {"before": hand_off.before, "after": hand_off.after}
    entry = Entry(now, "hand_off.saved", f"hand_off:{hand_off.id}", actor.id, ends)
    put_on_record(register, before, entry, actor, now)
    return hand_off


def remove_hand_off(register: Register, id: int, actor: Person, now: datetime) -> None:
    """Take a hand-off out of the journey."""
    check_steward(register, actor)
    before = register.journeys.current()
    register.journeys.remove_hand_off(known_hand_off(before, id).id)
    put_on_record(register, before, Entry(now, "hand_off.removed", f"hand_off:{id}", actor.id), actor, now)


def join_neighbours(register: Register, actor: Person, now: datetime) -> int:
    """Make the hand-off from each stage to the next where there is none; how many were made."""
    check_steward(register, actor)
    before = register.journeys.current()
    made = between_neighbours(register)
    if made:
        details: dict[str, object] = {"hand_offs": made}
        put_on_record(register, before, Entry(now, "hand_offs.joined", "journey", actor.id, details), actor, now)
    return made


def between_neighbours(register: Register) -> int:
    """Write the hand-offs that `bare_pairs` names; the number of them."""
    pairs = bare_pairs(register.journeys.current())
    for before, after in pairs:
        register.journeys.add_hand_off(HandOff(0, before, after))
    return len(pairs)


def bare_pairs(journey: Journey) -> list[tuple[int, int]]:
    """The stages that follow each other without a hand-off, by their ids."""
    there = {(one.before, one.after) for one in journey.hand_offs}
    ordered = sorted(journey.stages, key=lambda stage: stage.position)
    return [pair for one, other in pairwise(ordered) if (pair := (one.id, other.id)) not in there]


def known_hand_off(journey: Journey, id: int) -> HandOff:
    """The one with the id; raises NotFound when it is gone."""
    found = next((one for one in journey.hand_offs if one.id == id), None)
    if found is None:
        raise NotFound("That hand-off is no longer there; open the settings again.")
    return found


def _check(register: Register, hand_off: HandOff, journey: Journey) -> None:
    stages = journey.stage_names()
    errors = {end: "Choose a stage." for end in ("before", "after") if getattr(hand_off, end) not in stages}
    if not errors and hand_off.before == hand_off.after:
        errors["after"] = "Choose another stage than the one before it."
    departments = {one.id for one in register.departments.all()}
    for side in ("giver", "receiver"):
        if getattr(hand_off, side) not in (None, *departments):
            errors[side] = "That department is no longer there; choose another one."
    if hand_off.metric not in (None, *(one.id for one in register.metrics.all())):
        errors["metric"] = "That metric is no longer there; choose another one."
    if errors:
        raise FieldError(errors)
