"""The listeners that the forms of stages, hand-offs, pools, problems, metrics and segments share."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.carrying import carried, chosen_value, id_carried
from handlers.faults import FAULTS, answer_fault
from handlers.forms import state_of
from handlers.home import publish_home
from handlers.ids import Action, Modal
from handlers.settings import read_settings
from handlers.setup.holding import check_unchanged, check_warned
from handlers.setup.people import met
from handlers.views.records import RecordNote
from handlers.views.setup import saved_settings
from handlers.views.setup_menus import NEW
from planning.errors import NotFound
from planning.register import Register, Registers
from planning.workspace.arranging import check_steward
from planning.workspace.values import Person


class Numbered(Protocol):
    """Something with an id."""

    @property
    def id(self) -> int: ...


T = TypeVar("T", bound=Numbered)


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent: about which one (None: a new one), with the people whom its fields name."""

    id: int | None
    view: Mapping[str, Any]
    people: Mapping[str, int]
    actor: Person
    now: datetime

    def person(self, register: Register, field: str, before: int | None) -> int | None:
        """The id of whom the field names; somebody whom Slack's menu cannot show stays until another is chosen."""
        if field in self.people or before is None:
            return self.people.get(field)
        return None if register.people.by_id(before).slack_id else before


def nothing_to_warn(_register: Register, _sent: Sent) -> str:
    """For records of which every change may be made at once."""
    return ""


def nothing_to_add(_register: Register) -> Sequence[Block]:
    """For records after which nothing can be done at once."""
    return ()


@dataclass(frozen=True, slots=True)
class Record:
    """One kind of thing that stewards keep: its menu, its form, and how what was filled in is kept.

    `form` takes the id of the one chosen, or None; `keep` returns the word after saving, and raises ValidationError
    and FieldError. `subject` is what the audit log calls it; `among` are other names under which it is changed there.
    """

    menu: Action
    modal: Modal
    title: str
    subject: str
    form: Callable[[Register, int | None], View]
    keep: Callable[[Register, Sent], str]
    among: tuple[str, ...] = ()
    people: tuple[str, ...] = field(default=())
    """The fields that name a person."""
    warn: Callable[[Register, Sent], str] = nothing_to_warn
    """What has to be read before it is done; the second time it is done."""
    offer: Callable[[Register], Sequence[Block]] = nothing_to_add
    """What is offered when it is saved."""


def listen(app: App, record: Record) -> None:
    """Listen to the menu and to the form."""
    app.action(record.menu)(opener(record))
    app.view(record.modal)(keeper(record))


def opener(record: Record) -> Callable[..., None]:
    """The listener of the menu: the form of a new one, or of the one chosen."""

    def choose_record(
        ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, registers: Registers, actor: Person
    ) -> None:
        ack()
        view_id = hold_place(client, body, record.title)
        picked = chosen_value(action)
        with registers.reading() as register:
            check_steward(register, actor)
            view = record.form(register, None if picked == NEW else id_carried(picked))
        client.views_update(view_id=view_id, view=view)

    return choose_record


def keeper(record: Record) -> Callable[..., None]:
    """The listener of a form that was sent."""

    def submit_record(
        ack: Ack,
        view: dict[str, Any],
        context: BoltContext,
        client: WebClient,
        registers: Registers,
        actor: Person,
        now: Callable[[], datetime],
    ) -> None:
        id = carried(RecordNote, view["private_metadata"]).id
        try:
            people = _named(record, view, client, registers, context)
            with registers.writing() as register:
                told = kept(register, record, Sent(id, view, people, actor, now()))
                missing, offer = read_settings(register).missing, record.offer(register)
        except FAULTS as error:
            answer_fault(ack, view, error)
        else:
            ack(response_action="update", view=saved_settings(told, missing, offer))
            publish_home(client, registers, actor, now())

    return submit_record


def kept(register: Register, record: Record, sent: Sent) -> str:
    """Keep what was sent, unless somebody else changed it meanwhile, or there is a warning to be read first."""
    check_steward(register, sent.actor)
    if sent.id is not None:
        subjects = (f"{record.subject}:{sent.id}", *record.among)
        check_unchanged(register, sent.view, record.form(register, sent.id), subjects, sent.actor)
    check_warned(sent.view, record.warn(register, sent))
    return record.keep(register, sent)


def chosen(among: Iterable[T], id: int | None) -> T | None:
    """The one with the id; None for a new one."""
    return None if id is None else known(among, id)


def known(among: Iterable[T], id: int | None) -> T:
    """The one with the id; raises NotFound when it is gone."""
    found = next((one for one in among if one.id == id), None)
    if found is None:
        raise NotFound("That one is no longer there; open the settings again.")
    return found


def _named(
    record: Record, view: Mapping[str, Any], client: WebClient, registers: Registers, context: BoltContext
) -> dict[str, int]:
    """Field → the person whom it names, made known where they are new."""
    state = state_of(view)
    named = {name: str(state[name]) for name in record.people if state.get(name)}
    return {name: met([slack_id], name, client, registers, context)[0].id for name, slack_id in named.items()}
