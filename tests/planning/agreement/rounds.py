"""A company whose people can be asked, and a naming round in it."""

from db.database import Database
from planning.agreement.opening import open_naming
from planning.agreement.values import Poll
from planning.outbox.values import Message, MessageKind
from planning.register import Register
from tests.builders import NOW, at, steward

SAM = steward(id=13, name="Sam Steward", slack_id="U0SAM")
END = at(7)
"""The day on which the round ends."""
STAFF = 5
"""As many people of each of the two departments are in Slack."""


def staffed(register: Register) -> None:
    """Five people of each department in Slack, one of each who is not, and Sam the steward (13), of no department."""
    for n in range(3, 11):
        register.people.add(f"Person {n}", slack_id=f"U0N{n}", department=1 + n % 2, zone="Europe/Oslo")
    for department in (1, 2):
        register.people.add("Gone", department=department)
    register.people.add(SAM.name, slack_id=SAM.slack_id, zone=SAM.zone, roles=SAM.roles)


def begun(register: Register, size: int = 3) -> Poll:
    """Sam has asked some people of each department."""
    return open_naming(register, size, END.date(), SAM, 7, NOW)


def sent(database: Database, kind: MessageKind) -> list[Message]:
    """The queued messages of a kind, oldest first."""
    messages = reversed(database.outbox("main").page(100).items)
    return [message for message in messages if message.posting.kind is kind]
