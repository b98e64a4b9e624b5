"""What is kept about one person, as a document for them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from planning.data.values import Trace
from planning.register import Register
from planning.workspace.values import Person

ABOUT = "What Concord keeps about one person: rows of its tables that are tied to them"
NAMED = "texts of others that name them are under “named_in”"


def told_of(register: Register, person: Person, now: datetime, *, texts: bool) -> dict[str, object]:
    """All that is tied to them, by table; with `texts`, also what only names them."""
    found = [*register.personal.traces(person, texts=texts)]
    told: dict[str, object] = {
        "about": f"{ABOUT}; {NAMED}." if texts else f"{ABOUT}.",
        "workspace": register.workspaces.current().name,
        "at": now.isoformat(),
        "tied_to": _by_table(trace for trace in found if trace.tied),
    }
    return {**told, "named_in": _by_table(trace for trace in found if not trace.tied)} if texts else told


def as_document(told: Mapping[str, object]) -> str:
    """The same as JSON, for people to read."""
    return json.dumps(told, ensure_ascii=False, indent=1, default=str)


def _by_table(traces: Iterable[Trace]) -> dict[str, list[Mapping[str, object]]]:
    rows: defaultdict[str, list[Mapping[str, object]]] = defaultdict(list)
    for trace in traces:
        rows[trace.table].append(trace.row)
    return dict(rows)
