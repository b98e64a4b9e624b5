"""Answering how an initiative stands; the last word counts, until the same is asked anew."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from planning.audit.values import Entry
from planning.checkins.questions import Fate, fate_of, redraw
from planning.checkins.values import CheckIn, Standing
from planning.errors import AlreadyDone, FieldError, NotAllowed
from planning.initiatives.changing import change_status
from planning.initiatives.values import Initiative, Status
from planning.register import Register
from planning.text import clean
from planning.workspace.values import Person

NOTE_MAX = 1000
CHANGES = (Status.ACTIVE, Status.PAUSED, Status.DONE)
"""What an owner may say that it is by now, beside how it stands."""
_OVER = {Status.DONE: "is done by now", Status.CANCELLED: "was withdrawn meanwhile"}


@dataclass(frozen=True, slots=True)
class Said:
    """What an owner says of an initiative: how it stands, why, and how far it is; None says nothing of that."""

    standing: Standing | None = None
    note: str = ""
    status: Status | None = None


def answer(
    register: Register, id: int, standing: Standing, actor: Person, now: datetime, note: str | None = None
) -> CheckIn:
    """Keep what its owner says; the same once more changes nothing. Raises NotAllowed and AlreadyDone.

    Without a note, the one that was given to the same answer stays; one that was given to another answer goes.
    """
    check_in = register.check_ins.by_id(id, lock=True)
    initiative = register.initiatives.by_id(check_in.initiative)
    _check_owner(register, check_in, initiative, actor)
    kept = check_in.note if check_in.answer is standing else ""
    said = replace(check_in, answer=standing, note=kept if note is None else clean(note)[:NOTE_MAX])
    if said == check_in:
        return check_in
    _check_open(register, check_in, initiative)
    answered = replace(said, answered_at=now)
    register.check_ins.save(answered)
    details: dict[str, object] = {"check_in": id, "standing": str(standing)}
    register.audit.add(Entry(now, "initiative.checked_in", f"initiative:{initiative.id}", actor.id, details))
    redraw(register, answered)
    return answered


def answer_all(register: Register, said: Mapping[int, Said], actor: Person, now: datetime) -> list[str]:
    """Keep what was said of several check-ins, by id; why it was not kept of some. Raises FieldError."""
    _check(said)
    refused = []
    for id, one in said.items():
        try:
            if one.standing is not None:
                answer(register, id, one.standing, actor, now, one.note)
        except (AlreadyDone, NotAllowed) as error:
            refused.append(str(error))
        else:
            _move(register, id, one, actor, now)
    return refused


def _move(register: Register, id: int, said: Said, actor: Person, now: datetime) -> None:
    """Only what goes on is moved: what somebody closed meanwhile stays closed."""
    initiative = register.initiatives.by_id(register.check_ins.by_id(id).initiative)
    if said.status in CHANGES and initiative.live and initiative.draft.owner == actor.id:
        change_status(register, initiative.id, said.status, actor, now)


def _check(said: Mapping[int, Said]) -> None:
    mute = [id for id, one in said.items() if one.note.strip() and one.standing is None]
    if mute:
        raise FieldError({f"standing_{id}": "Choose how it stands, so that your note is understood." for id in mute})


def _check_owner(register: Register, check_in: CheckIn, initiative: Initiative, actor: Person) -> None:
    owner = initiative.draft.owner
    if owner == actor.id:
        return
    if check_in.person != actor.id:
        raise NotAllowed("This was put to somebody else, who owns the initiative.")
    whose = f"{register.people.by_id(owner).name} owns" if owner is not None else "Nobody owns"
    raise NotAllowed(f"{whose} {initiative.reference} now, so nothing is asked of you any more.")


def _check_open(register: Register, check_in: CheckIn, initiative: Initiative) -> None:
    fate = fate_of(replace(check_in, person=initiative.draft.owner or 0), initiative, _newest(register, check_in))
    if fate is Fate.OVER:
        how = _OVER.get(initiative.draft.status, f"is part of CX-{initiative.joined} now")
        raise AlreadyDone(f"{initiative.reference} {how}, so nothing is asked of it any more.")
    if fate is Fate.OVERTAKEN:
        raise AlreadyDone(f"There is a newer check-in about {initiative.reference}. Please answer that one.")


def _newest(register: Register, check_in: CheckIn) -> CheckIn:
    return register.check_ins.newest([check_in.initiative])[check_in.initiative]
