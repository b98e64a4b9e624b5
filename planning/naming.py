"""Names that stewards give, unique whatever the case of their letters."""

from collections.abc import Mapping

from planning.errors import FieldError
from planning.text import NAME_MAX, one_line


def free_name(typed: str, taken: Mapping[int, str], id: int | None) -> str:
    """The name in one line; raises FieldError at `name` when it is empty, too long or that of another one."""
    name = one_line(typed)
    if not name or len(name) > NAME_MAX:
        raise FieldError({"name": f"Give it a name of at most {NAME_MAX} characters."})
    others = {other.casefold() for known, other in taken.items() if known != id}
    if name.casefold() in others:
        raise FieldError({"name": f"There is one called {name} already; choose another name."})
    return name
