"""Reading the audit log: who may, and what they look for."""

from planning.audit.values import Entry, Sought
from planning.errors import NotAllowed
from planning.register import Page, Register
from planning.workspace.arranging import stewards_of
from planning.workspace.rights import Right, may
from planning.workspace.values import Person


def read_log(register: Register, sought: Sought, actor: Person, limit: int, offset: int = 0) -> Page[Entry]:
    """What was done, the newest first. Raises NotAllowed, naming whom to ask."""
    if not may(actor, Right.READ_AUDIT):
        names = " or ".join(person.name for person in stewards_of(register)[:3]) or "whoever runs Concord"
        raise NotAllowed(f"Only stewards read the log of who did what. Ask {names}.")
    return register.audit.page(sought, limit, offset)
