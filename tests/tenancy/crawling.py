"""Tries everything that can be reached: every command, every button of what it shows, every form, every menu."""

import json
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.sandbox.forms import STATEFUL, Placed, form_values, interactive_elements
from handlers.ids import COMMAND, Action, Modal, Shortcut
from handlers.listening import COMMANDS, LISTS
from handlers.options import MENUS
from handlers.views.paging import Place
from tests.filled import ADA, BO
from tests.handlers.slack import command, drawn, interaction
from tests.tenancy.visiting import Json, Visitor

EACH = 2
"""So many different values of one button, and so many ways to one form, are tried unless said otherwise."""
ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    "new": ("letters that are plain",),
    "find": ("letters", "{mark}", "nobody"),
    "show": ("1", "CX-2"),
    "status": ("1 active", "2 paused"),
    "edit": ("1",),
    "withdraw": ("3",),
    "overlaps": ("", "people", "snoozed"),
    "metrics": ("", "{mark}"),
    "reading": ("42",),
    "propose": ("1", "2027-Q1"),
    "map": ("", "segments"),
    "journey": ("", "changes"),
}
"""What is typed after a sub-command, where that is more than nothing."""
QUERIES: Mapping[str, str] = {"claim": "stage:1", "problem": "1", "journey_version": "1"}
"""Of what a list is, where it is of one thing."""
SISTERS: Mapping[Action, Action] = {
    Action.CHECK_IN_REST: Action.CHECK_IN_MORE,
    Action.CLAIM_RELEASE: Action.CLAIM_HAND_BACK,
    Action.DECISION_UNDO: Action.DECISION_APPROVE,
    Action.NAMING_START: Action.PULSE_START,
    Action.OPEN_LINK: Action.PULSE_START,
    Action.OUTCOME_TELL: Action.OVERLAP_SHOW,
    Action.OVERLAP_TAKE_BACK: Action.OVERLAP_HAND,
    Action.PLAN_STEWARD: Action.PLAN_ACCEPT,
    Action.PROPOSAL_AGAIN: Action.PROPOSAL_ANOTHER,
    Action.PROPOSAL_PLAN: Action.PROPOSAL_ANOTHER,
    Action.PROPOSAL_STOP: Action.PROPOSAL_ANOTHER,
    Action.RATIFICATION_RATIFY: Action.RATIFICATION_AGREE,
    Action.SCHEDULES_MORE: Action.OVERLAP_SHOW,
    Action.SCHEDULE_UNSKIP: Action.SCHEDULE_SKIP,
    Action.SETUP_CLAIM: Action.PULSE_START,
    Action.SETUP_HAND_OFFS: Action.PULSE_START,
}
"""Buttons that nothing shows in a workspace in this state, and one that carries what they would."""
FORMS = (Modal.NAMING, Modal.OUTCOME, Modal.PULSE, Modal.RATIFY, Modal.TEMPLATE)
"""Forms that nothing opens in this state."""
HOOK = "https://hooks.slack.test/r/1"
LAST = ("withdraw",)


def opening(mark: str) -> Iterator[Json]:
    """With what one can begin: Home, the command, the shortcuts, every list."""
    yield event("app_home_opened", user=ADA, tab="home")
    words = [one.name for one in COMMANDS if one.name not in LAST] + ["help", "misspelt", *LAST]
    for word in words:
        yield from (command(f"{word} {text.format(mark=mark)}") for text in ARGUMENTS.get(word, ("",)))
    for name in LISTS:
        for button in (Action.LIST_MORE, Action.LIST_BACK, Action.LIST_OPEN, Action.LIST_OPEN_OTHER):
            place = Place(list=name, offset=10 if button is Action.LIST_MORE else 0, query=QUERIES.get(name, ""))
            yield button_pressed(button, place.model_dump_json())
    for block_id in MENUS:
        action_id = block_id if block_id.startswith("setup_") else Action.FIELD
        yield interaction("block_suggestion", action_id=action_id, block_id=block_id, value="")
    yield interaction("shortcut", callback_id=Shortcut.REGISTER)
    message = {"ts": "1.2", "text": "letters", "user": BO, "type": "message"}
    channel, id = {"id": "C0MARKET", "name": "market"}, Shortcut.FROM_MESSAGE
    yield interaction("message_action", callback_id=id, channel=channel, message=message, response_url=HOOK)
    view = {"id": "V1", "type": "modal", "callback_id": Modal.TOLD, "private_metadata": "", "blocks": []}
    yield interaction("view_closed", view=view, is_cleared=False)
    for kind in ("app_uninstalled", "tokens_revoked", "team_access_granted", "team_access_revoked"):
        yield event(kind, team_ids=["T0ELSEWHERE"], tokens={"bot": ["U0BOT"]})
    yield event("user_change", user={"id": BO, "tz": "Europe/Rome", "profile": {"real_name": "Bo Lind"}})


def event(kind: str, **fields: Any) -> Json:
    """Something that Slack tells."""
    return {"type": "event_callback", "event_id": "Ev1", "event_time": 1804000000, "event": {"type": kind, **fields}}


def button_pressed(action: Action, value: str) -> Json:
    """A button, wherever it stands."""
    return pressed({"type": "button", "action_id": action, "value": value}, {})


def pressed(action: Mapping[str, Any], surface: Mapping[str, Any]) -> Json:
    """A button or a menu, in a message or a view."""
    done = {"block_id": "b", "action_ts": "1", **action}
    place = {"container": {"type": "message", "is_ephemeral": True}, "response_url": HOOK, **surface}
    return interaction("block_actions", actions=[done], channel={"id": "C0MARKET"}, **place)


def crawl(visitor: Visitor, messages: Sequence[Json], each: int = EACH) -> None:
    """Begin with everything, and with messages that have come; follow whatever that brings."""
    crawler = _Crawler(visitor, each)
    for message in messages:
        crawler.take_in(message)
    for body in opening(visitor.workspace):
        crawler.try_out(body)
    crawler.follow()
    for button, sister in SISTERS.items():
        pressed_before = (one for one in visitor.sent if entry_of(one) == ("action", sister))
        like = next(pressed_before, button_pressed(sister, "1"))
        crawler.try_out({**like, "actions": [{**like["actions"][0], "action_id": button}]})
    for form in FORMS:
        named = {"id": "V1", "type": "modal", "callback_id": form, "private_metadata": "1"}
        blank = {"title": {"type": "plain_text", "text": "Form"}, "blocks": [], "state": {"values": {}}}
        crawler.try_out(interaction("view_submission", view={**named, **blank}, response_urls=[]))
    crawler.follow()


class _Crawler:
    def __init__(self, visitor: Visitor, each: int) -> None:
        self.visitor, self.each = visitor, each
        self.waiting: deque[Json] = deque()
        self.seen: set[str] = set()
        self.counts: Counter[tuple[str, str]] = Counter()

    def follow(self) -> None:
        while self.waiting:
            self.try_out(self.waiting.popleft())

    def try_out(self, body: Json) -> None:
        self.visitor.reached.add(entry_of(body))
        for said in self.visitor.send(body):
            self.take_in(said)

    def take_in(self, said: Json) -> None:
        view = said.get("view")
        if isinstance(view, dict) and view.get("blocks"):
            held = drawn(view)
            self._uses(held["blocks"], {"view": held, "container": {"type": "view"}})
            if held.get("submit"):
                self._submit(held)
        elif said.get("blocks"):
            self._uses(said["blocks"], {"message": {"ts": "1.2", "text": "", "blocks": said["blocks"]}})

    def _uses(self, blocks: list[Json], surface: Json) -> None:
        for placed in interactive_elements(blocks):
            if placed.element["type"] == "external_select" or placed.element["type"] == "multi_external_select":
                self._look_up(placed, surface)
            if not placed.is_input and not placed.element.get("url"):
                for chosen in _choices(placed.element):
                    self._later(pressed({**chosen, "action_id": placed.action_id}, _filled(surface)))

    def _look_up(self, placed: Placed, surface: Json) -> None:
        block_id = str(placed.block.get("block_id", "b"))
        body = {"action_id": placed.action_id, "block_id": block_id, "value": "", **surface}
        asked = interaction("block_suggestion", **body)
        if self._is_new("options", f"{placed.action_id} {block_id}", "", 1):
            self.visitor.reached.add(entry_of(asked))
            for said in self.visitor.send(asked):
                placed.element.setdefault("options", said.get("options", []))

    def _submit(self, held: Json) -> None:
        filled = {"private_metadata": "", **held, "state": {"values": _state(held["blocks"])}}
        self._later(interaction("view_submission", view=filled, response_urls=[]))

    def _later(self, body: Json) -> None:
        kind, id = entry_of(body)
        what = body["actions"][0] if kind == "action" else body["view"]["private_metadata"]
        if self._is_new(kind, id, json.dumps(what), self.each):
            self.waiting.append(body)

    def _is_new(self, kind: str, id: str, what: str, each: int) -> bool:
        if f"{kind} {id} {what}" in self.seen or self.counts[kind, id] >= each:
            return False
        self.seen.add(f"{kind} {id} {what}")
        self.counts[kind, id] += 1
        return True


def entry_of(body: Mapping[str, Any]) -> tuple[str, str]:
    """Which of the app's entries a body is for."""
    kind = body.get("type")
    if kind is None:
        return "command", COMMAND
    if kind == "event_callback":
        return "event", str(body["event"]["type"])
    if kind == "block_actions":
        return "action", str(body["actions"][0]["action_id"])
    if kind == "block_suggestion":
        return "options", str(body["action_id"])
    if kind in ("shortcut", "message_action"):
        return "shortcut", str(body["callback_id"])
    return ("view_closed" if kind == "view_closed" else "view"), str(body["view"]["callback_id"])


def _choices(element: Json) -> list[Json]:
    """How an element can be used."""
    kind = element["type"]
    if kind == "button":
        return [{"type": kind, "value": element.get("value", "")}]
    if options := element.get("options"):
        return [{"type": kind, "selected_option": option} for option in options[:EACH]]
    if kind in STATEFUL:
        return [{"type": kind, STATEFUL[kind][0]: _typed(element)}]
    return []


def _filled(surface: Json) -> Json:
    view = surface.get("view")
    if view is None or "state" in view:
        return surface
    return {**surface, "view": {**view, "state": {"values": _state(view["blocks"])}}}


def _state(blocks: list[Json]) -> Json:
    """Everything filled in."""
    state = form_values(blocks, {})
    for placed in interactive_elements(blocks):
        key = STATEFUL.get(placed.element["type"], ("",))[0]
        if key and not state[placed.block_id][placed.action_id][key]:
            state[placed.block_id][placed.action_id][key] = _typed(placed.element)
    return dict(state)


def _typed(element: Json) -> Any:
    """Something that fits."""
    kind, options = element["type"], element.get("options") or []
    one = options[0] if options else None
    if kind == "plain_text_input":
        return "letters that are plain"[: element.get("max_length", 30)]
    fitting: dict[str, Any] = {
        "number_input": "2",
        "users_select": BO,
        "multi_users_select": [BO],
        "conversations_select": "C0MARKET",
        "channels_select": "C0MARKET",
        "datepicker": "2027-04-05",
        "timepicker": "10:00",
        "datetimepicker": 1806900000,
    }
    several = kind == "checkboxes" or kind.startswith("multi_")
    return fitting.get(kind, [one] if one and several else one)
