"""What holds a form of the settings up: somebody else has changed it meanwhile, or a warning was not read yet."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.views import View

from handlers.carrying import carried
from handlers.faults import HeldUp
from handlers.keeping import is_light, keep_form, noting
from handlers.setup.merging import come_back, meeting
from handlers.views.notes import Note, mark_of
from planning.register import Register
from planning.workspace.values import Person


def check_unchanged(
    register: Register, view: Mapping[str, Any], now_form: View, subjects: Sequence[str], actor: Person
) -> None:
    """Raises HeldUp when the form would hold something else by now than when it was opened.

    `subjects` are those of the audit log under which such a change is on record. The form comes back with it in the
    fields that were left as they were shown; saving again saves over it in the others.
    """
    note = note_of(view)
    if not note.seen:
        return
    both = meeting(view, note, now_form)
    if both.changed:
        opening = f"Not saved yet. {_who(register, subjects, actor)} while it was open here"
        merged = come_back(both, opening, both.left)
        raise HeldUp(merged if is_light(merged) else come_back(both, opening, ()))


def check_warned(view: Mapping[str, Any], warning: str) -> None:
    """Raises HeldUp with a warning that has not been read yet; none when it is empty."""
    if warning and not was_warned(view, warning):
        raise HeldUp(noting(keep_form(view, warning), {"warned": mark_of(warning)}))


def was_warned(view: Mapping[str, Any], warning: str) -> bool:
    """Whether this warning stood on top of the form that was sent."""
    return note_of(view).warned == mark_of(warning)


def note_of(view: Mapping[str, Any]) -> Note:
    """What every form of the settings remembers."""
    return carried(Note, view["private_metadata"] or "{}")


def _who(register: Register, subjects: Sequence[str], actor: Person) -> str:
    entry = register.audit.last((*subjects, "company.imported"))
    if entry is None or entry.actor is None:
        return "Somebody changed this"
    return "You changed this elsewhere" if entry.actor == actor.id else f"{_name(register, entry.actor)} changed this"


def _name(register: Register, person: int) -> str:
    return register.people.by_id(person).name
