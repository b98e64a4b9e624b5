"""Ratification: each department's leads agree to the stages of the journey or object; a steward ratifies it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from planning.agreement.ratification import Ratification, Stance
from planning.agreement.tallying import Tally, Word, changes, tally
from planning.audit.values import Entry
from planning.errors import AlreadyDone, FieldError, NotAllowed, PlanningError
from planning.outbox.values import MessageKind
from planning.register import Register
from planning.text import clean, clip, counted
from planning.window import said
from planning.workspace.arranging import check_steward
from planning.workspace.hours import zone_of
from planning.workspace.rights import Right, Ties, Who, among, may
from planning.workspace.values import Person

REASON_MAX = 500
CHANGES_SHOWN, OBJECTIONS_SHOWN, REASON_SHOWN = 4, 3, 250
KNOWN_OF = 50
"""As many askings are looked through for the last journey that was ratified."""


class Unread(AlreadyDone):
    """Another lead of the department has objected since this one looked; `until`: when."""

    def __init__(self, told: str, until: datetime) -> None:
        super().__init__(f"{told} Talk to each other. If you agree all the same, answer once more: /cx agree.")
        self.told, self.until = told, until


def take_stances(
    register: Register,
    id: int,
    department: int,
    reasons: Mapping[int, str | None],
    actor: Person,
    now: datetime,
    read_until: datetime | None = None,
) -> Tally:
    """Note what a department says: stage id → why it objects, or None where it agrees; stages left out are agreed to.

    The last word of any of its leads counts, until the journey is ratified; an objection of another lead has to be
    read before it is replaced (`read_until`: when the last answer was given that the person has seen), or Unread is
    raised. Raises FieldError, `reason_<stage>`.
    """
    ratification = register.ratifications.by_id(id, lock=True)
    check_may_answer(register, ratification, department, actor)
    wordings = {stage: None if why is None else clean(why) for stage, why in reasons.items()}
    _check_reasons(wordings)
    stances = [_stance(department, one.id, wordings.get(one.id), actor, now) for one in ratification.stages]
    before = [one for one in register.ratifications.stances(id) if one.department == department]
    if unread := _unread(before, stances, read_until):
        raise Unread(_told(register, ratification, unread), unread[0].at)
    if {*map(_words, before)} != {*map(_words, stances)}:
        _note(register, ratification, stances)
    return tally_of(register, ratification)


def ratify(register: Register, id: int, seen: datetime | None, actor: Person, now: datetime) -> Ratification:
    """Ratify the journey, once. `seen`: when the last stance was given that the steward knows of."""
    check_steward(register, actor, Right.RUN_AGREEMENT)
    ratification = register.ratifications.by_id(id, lock=True)
    if ratification.ratified_by == actor.id:
        return ratification
    _check_open(register, ratification)
    standing = tally_of(register, ratification)
    check_ratifiable(standing)
    if standing.last_at != seen:
        raise AlreadyDone("Somebody has answered meanwhile. Open /cx agree again and look before you ratify.")
    over = len(standing.objections)
    done = replace(ratification, closed_at=now, ratified_by=actor.id, over=over)
    register.ratifications.save(done)
    silent = [one.id for one in standing.departments if one.word in (Word.WAITING, Word.UNASKED)]
    details: dict[str, object] = {"over": over, "silent": silent, "stages": [stage.name for stage in done.stages]}
    register.audit.add(Entry(now, "journey.ratified", f"ratification:{id}", actor.id, details))
    register.postings.revise(MessageKind.RATIFICATION, id)
    return done


def tally_of(register: Register, ratification: Ratification) -> Tally:
    """How a ratification stands."""
    return tally(
        ratification,
        register.ratifications.stances(ratification.id),
        register.journeys.current(),
        register.departments.all(),
        register.people.all(),
    )


def newest_tally(register: Register) -> Tally | None:
    """How the newest asking stands; None when nobody was ever asked."""
    return next((tally_of(register, one) for one in register.ratifications.newest()), None)


def last_ratified(register: Register) -> Ratification | None:
    """The journey that was ratified last."""
    askings = register.ratifications.newest(KNOWN_OF)
    return next((one for one in askings if one.ratified_by is not None), None)


def check_may_answer(register: Register, ratification: Ratification, department: int, actor: Person) -> None:
    """Raises, naming whom to ask, unless the person leads the department and answers are still taken."""
    _check_open(register, ratification)
    ties = Ties((department,))
    if not may(actor, Right.ANSWER_FOR_DEPARTMENT, ties):
        about = register.departments.by_id(department)
        leads = among(register.people.all(), Who.LEAD_OF_DEPARTMENT, ties=ties)
        names = " or ".join(one.name for one in leads) or "a steward"
        raise NotAllowed(f"The leads of {about.name} answer for {about.name}. Ask {names}.")


def check_ratifiable(standing: Tally) -> None:
    """Raises, saying what to do, while there is nothing to ratify."""
    if standing.changed:
        raise PlanningError(f"The journey has changed since: {_few(standing.changed)}. Ask the departments again.")
    if standing.last_at is None:
        raise PlanningError("No department has answered yet. Wait for the first, or talk to the leads.")


def ratified_line(register: Register, newest: Tally | None) -> str:
    """Whether the journey is ratified, when, over what, and what has changed since; how the newest asking stands."""
    done = last_ratified(register)
    zone = zone_of(register.workspaces.current().zone)
    told = _ratified(done, changes(done.stages, register.journeys.current()), zone) if done else ""
    if newest is None or newest.ratification.closed_at is not None:
        return told or "The journey is not ratified: no department was asked yet."
    agree, all_ = len(newest.saying(Word.AGREES)), len(newest.departments)
    asked = f"The departments are asked: {agree} of {all_} agree."
    return f"{told} {asked}" if told else f"The journey is not ratified yet. {asked}"


def _ratified(done: Ratification, changed: Sequence[str], zone: ZoneInfo) -> str:
    over = f" over {counted(done.over, 'objection')}" if done.over else ""
    since = f" Changed since: {_few(changed)}." if changed else ""
    return f"Ratified on {said((done.closed_at or done.opened_at).astimezone(zone).date())}{over}.{since}"


def _few(changed: Sequence[str]) -> str:
    hidden = len(changed) - CHANGES_SHOWN
    return "; ".join([*changed[:CHANGES_SHOWN], *([f"and {hidden} more"] if hidden > 0 else [])])


def _note(register: Register, ratification: Ratification, stances: Sequence[Stance]) -> None:
    said, subject = stances[0], f"ratification:{ratification.id}"
    register.ratifications.save_stances(ratification.id, stances)
    against = [stance.stage for stance in stances if not stance.agrees]
    details: dict[str, object] = {"department": said.department, "objects_to": [*against]}
    register.audit.add(Entry(said.at, "ratification.answered", subject, said.by, details))
    register.postings.revise(MessageKind.RATIFICATION, ratification.id)


def _unread(before: Sequence[Stance], stances: Sequence[Stance], read_until: datetime | None) -> list[Stance]:
    """The objections of another lead that would be lost and were made after the person looked."""
    kept, by = {*map(_words, stances)}, stances[0].by
    return [one for one in before if not (one.agrees or one.by == by or one.at == read_until or _words(one) in kept)]


def _told(register: Register, ratification: Ratification, unread: Sequence[Stance]) -> str:
    names = {stage.id: stage.name for stage in ratification.stages}
    by, department = register.people.by_id(unread[0].by).name, register.departments.by_id(unread[0].department).name
    why = "; ".join(
        f"“{names[one.stage]}”: {clip(one.reason, REASON_SHOWN).rstrip('.')}" for one in unread[:OBJECTIONS_SHOWN]
    )
    hidden = len(unread) - OBJECTIONS_SHOWN
    return f"{by} has objected for {department} meanwhile. {why}{f'; and {hidden} more' if hidden > 0 else ''}."


def _words(stance: Stance) -> tuple[int, bool, str]:
    return stance.stage, stance.agrees, stance.reason


def _stance(department: int, stage: int, why: str | None, actor: Person, now: datetime) -> Stance:
    return Stance(department, stage, actor.id, why is None, why or "", now)


def _check_reasons(reasons: Mapping[int, str | None]) -> None:
    faults = {f"reason_{stage}": fault for stage, why in reasons.items() if (fault := _fault(why))}
    if faults:
        raise FieldError(faults)


def _fault(why: str | None) -> str:
    if why is None or 0 < len(why) <= REASON_MAX:
        return ""
    return f"Say it in at most {REASON_MAX} characters." if why else "Say why, so that the others can understand."


def _check_open(register: Register, ratification: Ratification) -> None:
    if ratification.closed_at is None:
        return
    if ratification.ratified_by is None:
        raise AlreadyDone("The journey has changed, and the departments were asked again. Answer the newer question.")
    by = register.people.by_id(ratification.ratified_by).name
    raise AlreadyDone(f"{by} has ratified the journey already. Ask {by} to put it to the departments again.")
