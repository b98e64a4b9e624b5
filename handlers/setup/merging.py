"""Two stewards at one form: what its fields hold when it comes back to the second."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.views import View

from handlers.keeping import filled_blocks, noting, shown_again
from handlers.views.fields import edition_id
from handlers.views.names import joined
from handlers.views.notes import FIELDS_SHOWN, Note, clauses, differing, labels_of, list_of, seen_in


@dataclass(frozen=True, slots=True)
class Meeting:
    """A form that was sent, and the same form as it would be opened now. Lists count as a whole."""

    view: Mapping[str, Any]
    note: Note
    filled: Sequence[dict[str, Any]]
    now: Sequence[dict[str, Any]]
    changed: frozenset[str]
    """Fields in which the first has put something that the second does not have there."""
    left: frozenset[str]
    """Those of them that the second has left as they were shown."""

    @property
    def told(self) -> list[str]:
        """What the first has changed, a clause each."""
        names = differing(self.note.seen, seen_in(self.now))
        return clauses([name for name in names if list_of(name) in self.changed], self.now)


def meeting(view: Mapping[str, Any], note: Note, now_form: View) -> Meeting:
    """What each of both has changed since the form was opened."""
    filled, now = filled_blocks(view), [block.to_dict() for block in now_form.blocks or []]
    mine, theirs = seen_in(filled), seen_in(now)
    changed = _lists(differing(note.seen, theirs)) & _lists(differing(mine, theirs))
    return Meeting(view, note, filled, now, changed, changed - _lists(differing(note.seen, mine)))


def come_back(both: Meeting, opening: str, taken: Collection[str]) -> dict[str, Any]:
    """The form with what the first has put into the fields that are `taken`, and all else as the second sent it.

    Those get other ids, for otherwise Slack would show again what stood in them.
    """
    edition, now = both.note.edition + bool(taken), seen_in(both.now)
    fresh = [_of_edition(block, edition) for block in both.now if _list(block) in taken]
    text = f"{opening}: {'; '.join(both.told)}. {_what_now(both, taken)}"
    firm = {str(block["block_id"]) for block in fresh}
    form = shown_again(both.view, text, _replaced(both.filled, fresh, taken), firm)
    return noting(form, {"seen": now, "edition": edition})


def _lists(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(list_of, names))


def _list(block: Mapping[str, Any]) -> str:
    return list_of(block["block_id"]) if block["type"] == "input" else ""


def _of_edition(block: Mapping[str, Any], edition: int) -> dict[str, Any]:
    return {**block, "element": {**block["element"], "action_id": edition_id(edition)}}


def _replaced(
    blocks: Sequence[dict[str, Any]], fresh: Sequence[dict[str, Any]], taken: Collection[str]
) -> list[dict[str, Any]]:
    """The blocks with each list that is taken in its place; at the end those that had none."""
    placed: list[dict[str, Any]] = []
    for block in blocks:
        if _list(block) not in taken:
            placed.append(block)
        else:
            placed += [one for one in fresh if _list(one) == _list(block) and one not in placed]
    return [*placed, *(one for one in fresh if one not in placed)]


def _what_now(both: Meeting, taken: Collection[str]) -> str:
    """What stands below, and what saving it does."""
    theirs, own = (labels_of(names, [*both.now, *both.filled]) for names in (taken, both.changed - {*taken}))
    told = f"What you had not touched stands below as it is now: {_quoted(theirs)}. " if theirs else ""
    over = "Save again to save that too"
    if own:
        over = f"Save again to have yours in the place of theirs under {_quoted(own)}"
    return f"{told}All that you typed is still below. {over}, or cancel."


def _quoted(labels: Iterable[str]) -> str:
    return joined([f"“{label}”" for label in dict.fromkeys(labels)], most=FIELDS_SHOWN)
