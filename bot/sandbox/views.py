"""Modals and App Homes: who has which open, and what is kept when one changes."""

from collections import defaultdict
from dataclasses import dataclass, field
from secrets import token_hex

from bot.sandbox.clock import Clock
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.forms import Values, form_values, interactive_elements
from bot.sandbox.ids import Ids

MAX_STACK = 3
OPTIONAL_PARTS = ("title", "submit", "close")


@dataclass
class View:
    """A modal or a Home as one person has it before them."""

    id: str
    user: str
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    values: Values = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        """What it shows."""
        blocks: list[Json] = self.body["blocks"]
        return blocks

    @property
    def external_id(self) -> str:
        """The app's own name for it, if it gave one."""
        return str(self.body.get("external_id", ""))

    def view_object(self, frame: Json) -> Json:
        """The view as Slack shows it to the app; the frame says whose app it is and where."""
        return {
            "id": self.id,
            "type": self.body["type"],
            "blocks": self.blocks,
            "private_metadata": self.body.get("private_metadata", ""),
            "callback_id": self.body.get("callback_id", ""),
            "external_id": self.external_id,
            "state": {"values": self.values},
            "hash": self.hash,
            **{part: self.body.get(part) for part in OPTIONAL_PARTS},
            "clear_on_close": self.body.get("clear_on_close", False),
            "notify_on_close": self.body.get("notify_on_close", False),
            "previous_view_id": self.previous_id,
            "root_view_id": self.root_id,
            **frame,
        }


class Views:
    """Every open view."""

    def __init__(self, ids: Ids, clock: Clock) -> None:
        self._ids = ids
        self._clock = clock
        self.stacks: dict[str, list[View]] = defaultdict(list)
        self.homes: dict[str, View] = {}

    def open(self, user: str, body: Json) -> View:
        """Show a modal; one that was open before is gone."""
        self._refuse_taken_external_id(body)
        view = self._make(user, body)
        self.stacks[user] = [view]
        return view

    def push(self, user: str, body: Json) -> View:
        """Lay a modal on top of the one that is open."""
        stack = self.stacks[user]
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= MAX_STACK:
            raise SlackError("push_limit_reached")
        self._refuse_taken_external_id(body)
        view = self._make(user, body, stack)
        stack.append(view)
        return view

    def publish(self, user: str, body: Json, hash_: str | None) -> View:
        """Show a Home, keeping its id from one publishing to the next."""
        old = self.homes.get(user)
        if old is None:
            self.homes[user] = self._make(user, body)
            return self.homes[user]
        self.update(old, body, hash_)
        return old

    def update(self, view: View, body: Json, hash_: str | None = None) -> None:
        """Replace what a view shows; typed values stay where block and action ids stay."""
        if hash_ and hash_ != view.hash:
            raise SlackError("hash_conflict")
        if body["type"] != view.body["type"]:
            raise SlackError("invalid_arguments", "[ERROR] view type cannot change [json-pointer:/view/type]")
        self._refuse_taken_external_id(body, view)
        kept = _kept_values(view, body["blocks"])
        view.body, view.hash = body, self._hash()
        view.values = form_values(body["blocks"], kept)

    def find(self, view_id: str | None, external_id: str | None) -> View:
        """The open view of that id, or Slack's word for none."""
        for view in self._all():
            if view_id == view.id or (external_id and external_id == view.external_id):
                return view
        raise SlackError("not_found")

    def find_for(self, user: str, view_id: str) -> View | None:
        """A view that this person has open."""
        return next((view for view in self._all() if view.id == view_id and view.user == user), None)

    def close(self, view: View) -> None:
        """Take a modal off the stack, with whatever lies on top of it."""
        stack = self.stacks[view.user]
        if view in stack:
            del stack[stack.index(view) :]

    def _all(self) -> list[View]:
        return [view for stack in self.stacks.values() for view in stack] + list(self.homes.values())

    def _make(self, user: str, body: Json, below: list[View] | None = None) -> View:
        view_id = self._ids.next("V")
        root, previous = (below[0].id, below[-1].id) if below else (view_id, None)
        return View(view_id, user, body, self._hash(), root, previous, form_values(body["blocks"], {}))

    def _hash(self) -> str:
        return f"{int(self._clock.now())}.{token_hex(4)}"

    def _refuse_taken_external_id(self, body: Json, own: View | None = None) -> None:
        wanted = body.get("external_id")
        if wanted and any(view.external_id == wanted for view in self._all() if view is not own):
            raise SlackError("duplicate_external_id")


def _kept_values(view: View, blocks: list[Json]) -> Values:
    kept: Values = {}
    for placed in interactive_elements(blocks):
        state = view.values.get(placed.block_id, {}).get(placed.action_id)
        if state is not None and state["type"] == placed.element["type"]:
            kept.setdefault(placed.block_id, {})[placed.action_id] = state
    return kept
