"""`concord audit`: who did what, as lines of JSON."""

import json
import sys
from datetime import UTC, datetime

from bot.commands.opening import opened, workspace_of
from bot.settings import Settings
from planning.audit.values import Entry


def run_audit(settings: Settings, since: datetime | None, workspace: str | None) -> None:
    """One line for each thing done since that day began, while it is read: any number of them fits."""
    begins = since and since.replace(tzinfo=UTC)
    with opened(settings) as database, workspace_of(database, workspace).reading() as register:
        for entry in register.audit.since(begins):
            sys.stdout.write(f"{_line(entry)}\n")


def _line(entry: Entry) -> str:
    told = {"at": entry.at.isoformat(), "verb": entry.verb, "subject": entry.subject, "by": entry.actor}
    return json.dumps({**told, "details": entry.details}, ensure_ascii=False)
