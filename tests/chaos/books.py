"""What a run leaves behind, in the database and in Slack, and what is found to be wrong with it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from db.audit import AuditRow
from planning.audit.values import Entry
from planning.checkins.values import CheckIn
from planning.outbox.values import Message
from planning.schedules.values import Occurrence, Schedule
from planning.workspace.values import Person
from tests.bot.sandbox.world import Json
from tests.chaos.company import STARTS_AT
from tests.chaos.world import World

ALL = 1_000_000


@dataclass(frozen=True)
class Books:
    """What is in the database and what is in Slack, once everything has settled."""

    outbox: tuple[Message, ...]
    occurrences: Mapping[Schedule, tuple[Occurrence, ...]]
    titles: Counter[str]
    conversations: Mapping[str, list[Json]]
    """Channel → what stands there, oldest first."""
    check_ins: tuple[CheckIn, ...] = ()
    audit: tuple[Entry, ...] = ()
    """In the order in which it was written, whatever the clocks said."""
    people: Mapping[int, Person] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World) -> "Books":
        """Read everything."""
        with world.registers.reading() as register:
            schedules = register.schedules.all()
            occurrences = {each: register.schedules.history(each.id, ALL).items for each in schedules}
            initiatives = register.initiatives.holdings().initiatives
            check_ins = tuple(register.check_ins.since(STARTS_AT))
            people = {person.id: person for person in register.people.all()}
        with world.registers.transactions.reading() as session:
            audit = tuple(row.value() for row in session.scalars(select(AuditRow).order_by(AuditRow.id)))
        ids = [each["id"] for each in world.control.read("conversations")["conversations"]]
        outbox = world.database.outbox(world.registers.workspace).page(ALL).items
        stands = {id: world.control.messages(id) for id in ids}
        titles = Counter(one.draft.title for one in initiatives)
        return cls(outbox[::-1], occurrences, titles, stands, check_ins, audit, people)

    def places(self) -> dict[str, list[tuple[str, str]]]:
        """Delivery key → where it stands: channel and ts."""
        found: dict[str, list[tuple[str, str]]] = {}
        for channel, messages in self.conversations.items():
            for one in messages:
                if key := key_of(one):
                    found.setdefault(key, []).append((channel, one["ts"]))
        return found


@dataclass
class Ledger:
    """The count, and everything that is wrong with it."""

    counts: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    uncertain: list[str] = field(default_factory=list)

    def wrong(self, what: str) -> None:
        """Something is lost, doubled, or out of order."""
        self.broken.append(what)


def key_of(message: Json) -> str:
    """The delivery key that a message carries; empty where it has none."""
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("delivery_key") or "")
