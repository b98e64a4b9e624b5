"""People of every standing at the real app, and what they send: everything that somebody with all rights could."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError

from db.database import Database
from handlers.commands import split
from handlers.context import NOT_A_PERSON, NOT_FOR_GUESTS, NOT_OURS
from handlers.ids import Action, Modal
from planning.workspace.departing import depart
from planning.workspace.rights import TABLE, TURNS, Right, Who
from planning.workspace.values import Role
from tests.builders import NOW
from tests.filled import further, twins
from tests.handlers.entries import COMMANDS as RIGHTS_OF_COMMANDS
from tests.handlers.slack import interaction, slack_user
from tests.tenancy.crawling import crawl, entry_of, pressed
from tests.tenancy.messages import messages, said
from tests.tenancy.rows import rows_of
from tests.tenancy.visiting import House, Json, Visitor, plainly

OFFICE, QUIET = "office", 4
WORD = {"type": "plain_text", "text": "A word"}
Entry = tuple[str, str]
WAYS = ("command", "action", "view", "shortcut", "options", "view_closed")
"""Of what people do; events have no actor, or are a tab that opens."""

REFUSED = re.compile(
    r"Only a steward|Only stewards read|Ask one of them\.|Only they can change|to change it\."
    r"|\bNot (?:decided|accepted|changed|told|taken back|handed back): |Nobody is asked: |No proposal: "
    r"|Leads and executives ask for|put to somebody else|executives and stewards see the results"
    r"|answer for .+\. Ask |for the leads who share this stage|for executives and stewards|see how the rules do"
    r"|come from (?:its|the) owner|You cannot (?:send|see) this|looks after this workspace already|belongs to .+; ask "
)
"""What those are told who may not; every one says whom to ask."""


@dataclass(frozen=True)
class Standing:
    """Somebody, and what they are to anything that they are not tied to personally."""

    who: frozenset[Who] = frozenset()
    roles: frozenset[Role] = frozenset()
    department: int | None = None
    refusal: str = ""
    """What they read whatever they do, who have no rights at all."""
    slack: Mapping[str, Any] | None = field(default_factory=dict)
    """What Slack says of them; None where it knows nobody by that id."""

    def may(self, rights: Sequence[Right]) -> bool:
        """Whether one of the rights can be theirs; one that goes by turns is with the first, for there are some."""
        held = (TURNS.get(right, (TABLE[right],))[0] for right in rights)
        return any(self.who & who for who in held)

    def must(self, rights: Sequence[Right]) -> bool:
        """Whether each of the rights is theirs, so that it does not matter what it is about."""
        return all(self.may((right,)) for right in rights)


EMPLOYEE, LEAD = frozenset({Who.EMPLOYEE}), frozenset({Role.LEAD})
LEADING = EMPLOYEE | {Who.LEAD, Who.LEAD_OF_DEPARTMENT}
MEMBERS: Mapping[str, tuple[Standing, ...]] = {
    "employee": (Standing(EMPLOYEE, department=1),),
    "lead of the department": (Standing(LEADING, LEAD, 1), Standing(LEADING, LEAD, 2)),
    "lead of another": (Standing(EMPLOYEE | {Who.LEAD}, LEAD, QUIET),),
    "executive": (Standing(EMPLOYEE | {Who.EXECUTIVE}, frozenset({Role.EXECUTIVE})),),
    "steward": (Standing(EMPLOYEE | {Who.STEWARD}, frozenset({Role.STEWARD})),),
}
"""Several where some of what can be done is about one department, and some about another one."""
STRANGERS: Mapping[str, Standing] = {
    "guest": Standing(refusal=NOT_FOR_GUESTS, slack={"is_restricted": True}),
    "guest of one channel": Standing(refusal=NOT_FOR_GUESTS, slack={"is_ultra_restricted": True}),
    "outsider": Standing(refusal=NOT_OURS, slack={"is_stranger": True, "team_id": "T0OTHER"}),
    "bot": Standing(refusal=NOT_A_PERSON, slack={"is_bot": True}),
    "nobody": Standing(refusal=NOT_OURS, slack=None),
    "switched off": Standing(refusal=NOT_A_PERSON, roles=frozenset(Role), slack={"deleted": True}),
}


def office(database: Database) -> House:
    """A workspace with something of everything."""
    twins(database, OFFICE)
    with database.registers(OFFICE).writing() as register:
        further(register, OFFICE)
    return House(database)


def all_that_can_be_done(database: Database) -> dict[Entry, list[Json]]:
    """Each entry with what was sent there by somebody with all rights, sub-commands apart."""
    house = office(database)
    visitor = house.visitor(OFFICE)
    with database.registers(OFFICE).reading() as register:
        shown = [said(one) for one in messages(register).values()]
    crawl(visitor, shown)
    found: defaultdict[Entry, list[Json]] = defaultdict(list)
    for body in (*visitor.sent, *_out_of_reach()):
        kind, id = entry_of(body)
        entry = (kind, split(body["text"])[0] if kind == "command" else id)
        known = kind != "command" or entry[1] in RIGHTS_OF_COMMANDS
        if kind in WAYS and known and (kind != "view" or body["view"]["blocks"]):
            found[entry].append(_begun_already(entry, body))
    return found


def _out_of_reach() -> Iterator[Json]:
    """What stands on nothing that an office shows at once."""
    for action in (Action.PROPOSAL_ANOTHER, Action.PROPOSAL_WISH):
        yield pressed({"type": "button", "action_id": action, "value": "1"}, {})
    yield _form(Modal.PROPOSAL_WISH, {"proposal": 1})
    yield _form(Modal.RATIFY, {"ratification": 1, "read_until": None})
    yield _form(
        Modal.OUTCOME,
        {"plan": 1},
        outcome={"type": "static_select", "selected_option": {"text": WORD, "value": "kept"}},
    )
    yield _form(Modal.PULSE, {}, size={"type": "number_input", "value": "2"})
    chosen = {"type": "static_select", "selected_option": {"text": WORD, "value": "insurance"}}
    yield _form(Modal.TEMPLATE, {}, template=chosen)


def _form(modal: Modal, note: Json, **fields: Json) -> Json:
    view = {"id": "V1", "type": "modal", "callback_id": modal, "title": WORD}
    blocks = [{"type": "divider", "block_id": "line"}]
    state = {"values": {name: {"value": field} for name, field in fields.items()}}
    more = {"private_metadata": json.dumps(note), "blocks": blocks, "state": state}
    return interaction("view_submission", view={**view, **more}, response_urls=[])


def _begun_already(entry: Entry, body: Json) -> Json:
    """As it can be sent while nothing else was done: with no fault of its own."""
    if entry == ("action", Action.PROPOSAL_STOP):
        (action,) = body["actions"]
        return {**body, "actions": [{**action, "value": "2"}]}
    if entry[0] == "view":
        for name, fields in body["view"]["state"]["values"].items():
            for field in fields.values():
                _fill(name, field)
    return body


def _fill(name: str, field: Json) -> None:
    """Two names of stages; reasons only with objections."""
    if name == "names":
        field["value"] = "Join\nUse"
    elif name.startswith("reason_"):
        field["value"] = None


@dataclass
class Trial:
    """One person trying everything in an office of their own."""

    house: House
    visitor: Visitor

    @classmethod
    def of(cls, database: Database, standing: Standing) -> "Trial":
        """Somebody of that standing, who is Nora New to Slack."""
        house = office(database)
        with database.registers(OFFICE).writing() as register:
            assert register.departments.add("Quiet corner").id == QUIET
        if not standing.refusal or standing.roles:
            with database.registers(OFFICE).writing() as register:
                known = register.people.add("Nora New", slack_id="U0NEW")
                known = replace(known, roles=standing.roles, department=standing.department)
                register.people.save(known)
                if standing.refusal:
                    depart(register, known, NOW)
        visitor = house.visitor(OFFICE, "U0NEW")
        visitor.slack.client.users_info.side_effect = partial(_said_of, standing, visitor.team)
        return cls(house, visitor)

    def told(self, body: Json) -> str:
        """All that comes back."""
        return str(plainly(self.visitor.send(body)))

    def refused(self, body: Json) -> bool:
        """Whether they are told that they may not."""
        return REFUSED.search(self.told(body)) is not None

    def rows(self) -> dict[str, list[str]]:
        """Everything on record."""
        return rows_of(self.house.database, OFFICE)


def _said_of(standing: Standing, team: str, *, user: str) -> Json:
    """Slack's answer to who somebody is."""
    if user != "U0NEW":
        return slack_user(user, team_id=team)
    if standing.slack is None:
        raise SlackApiError("", {"error": "user_not_found"})  # type: ignore[no-untyped-call]
    return slack_user(user, **{"team_id": team, **standing.slack})
