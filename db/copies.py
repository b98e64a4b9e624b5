"""Copies of somebody's name and Slack id, which Concord made itself: in addresses, payloads, digests and results."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, false, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from db.alerts import AlertRow
from db.finding_rows import FindingRow
from db.initiative_rows import InitiativeRow
from db.journey_rows import JourneyVersionRow
from db.polls import PollRow
from db.postings import MessageRow
from db.proposals import ProposalRow
from db.schedule_rows import OccurrenceRow
from db.scope import Scope
from db.workspaces import next_revision
from planning.data.naming import Marks
from planning.outbox.values import AddressKind
from planning.workspace.values import Person

_JSON: tuple[InstrumentedAttribute[Any], ...] = (
    OccurrenceRow.digest,
    MessageRow.payload,
    PollRow.result,
    ProposalRow.best,
    FindingRow.facts,
    JourneyVersionRow.told,
    InitiativeRow.extras,
)
"""What Concord wrote, or took over from a tracker. What people wrote themselves is theirs to change."""


@dataclass(frozen=True, slots=True)
class Copies:
    """Those of one person in one workspace."""

    scope: Scope
    person: Person
    marks: Marks

    def scrub(self) -> None:
        """Have them say that somebody left, or nothing."""
        for column in _JSON:
            self._scrub_values(column)
        if self.person.slack_id:
            self._scrub_messages(self.person.slack_id)
            self._scrub_alerts(self.person.slack_id)

    def _scrub_values(self, column: InstrumentedAttribute[Any]) -> None:
        for found in self._holding(column, self.marks.likely):
            *key, value = found
            kept = self.marks.without(value)
            if kept != value:
                self._write(column, key, {column.key: kept})

    def _scrub_messages(self, slack_id: str) -> None:
        """The others of a conversation keep theirs; keys stay unlike each other, and replies find their thread."""
        whole, stand_in = re.compile(rf"(?<!\w){re.escape(slack_id)}(?!\w)"), f"left-{self.person.id}"
        columns = (MessageRow.delivery_key, MessageRow.follows, MessageRow.address)
        for id, key, follows, address in self._texts(MessageRow, columns, slack_id):
            if whole.search(f"{key} {follows} {address}"):
                texts = {"delivery_key": whole.sub(stand_in, key), "follows": whole.sub(stand_in, follows)}
                self._write(MessageRow.id, [id], {**texts, "address": _without(address, slack_id)})

    def _scrub_alerts(self, slack_id: str) -> None:
        for id, address in self._texts(AlertRow, (AlertRow.address,), slack_id):
            self._write(AlertRow.id, [id], {"address": _without(address, slack_id)})

    def _holding(self, column: InstrumentedAttribute[Any], texts: Sequence[str]) -> Sequence[Sequence[Any]]:
        row: Any = column.class_
        likely = or_(false(), *(cast(column, Text).contains(text, autoescape=True) for text in texts))
        keys = [getattr(row, name) for name in _keys(row)]
        found: Any = self.scope.session.execute(select(*keys, column).where(self.scope.owns(row), likely))
        return [*found]

    def _texts(
        self, row: type[MessageRow | AlertRow], columns: Sequence[InstrumentedAttribute[str]], text: str
    ) -> Sequence[Sequence[Any]]:
        likely: ColumnElement[bool] = or_(*(column.contains(text, autoescape=True) for column in columns))
        found: Any = self.scope.session.execute(select(row.id, *columns).where(self.scope.owns(row), likely))
        return [*found]

    def _write(self, column: InstrumentedAttribute[Any], key: Sequence[object], values: dict[str, object]) -> None:
        row: Any = column.class_
        if row is InitiativeRow:  # what is held in memory has to be read anew
            values = {**values, "revision": next_revision(self.scope)}
        one = [getattr(row, name) == value for name, value in zip(_keys(row), key, strict=True)]
        self.scope.session.execute(update(row).where(self.scope.owns(row), *one).values(values))


def _keys(row: Any) -> list[str]:
    """What, beside the workspace, makes a row of a table the only one."""
    return [column.key for column in row.__table__.primary_key if column.key != "workspace_id"]


def _without(address: str, slack_id: str) -> str:
    kind, _, ids = address.partition(":")
    others = [id for id in ids.split(",") if id != slack_id]
    return f"{kind if others else AddressKind.GROUP}:{','.join(others) or 'nobody'}"
