"""Writing an import into the register: the names that are new, the rows, and what follows from them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planning.audit.values import Entry
from planning.findings.refreshing import Changes, refresh
from planning.findings.values import Kind
from planning.initiatives.values import Initiative, Status
from planning.journey.versioning import keep_version
from planning.outbox.values import Address, MessageKind, Posting
from planning.register import Register
from planning.similarity import text_of
from planning.transfer.drafts import NamedDraft
from planning.transfer.making import make_names
from planning.transfer.naming import known_in
from planning.transfer.resolving import Resolver
from planning.transfer.values import ImportPlan, PlannedRow, Standing
from planning.workspace.arranging import stewards_of
from planning.workspace.values import Person

Vectors = Mapping[str, NDArray[np.float32]]
"""Text → vector, for each text that `texts_to_encode` names."""
Progress = Callable[[int, int], None]
_AT_ONCE = 200
"""Rows that are written between two words of progress."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did."""

    counts: Mapping[str, int]
    findings: Changes = field(default_factory=Changes)

    @property
    def wrote(self) -> bool:
        """Whether a row was new or changed."""
        return bool(self.counts["new"] or self.counts["changed"])

    def opened(self, kind: Kind) -> int:
        """How many overlaps or gaps it brought to light."""
        found = (*self.findings.opened, *self.findings.reopened)
        return sum(1 for finding in found if finding.found.rule.kind is kind)


def texts_to_encode(plan: ImportPlan) -> tuple[str, ...]:
    """The texts of the rows that are new or say something else than before, each once."""
    return tuple(dict.fromkeys(_text(row.draft) for row in plan.rows if _is_reworded(row)))


def apply_import(
    register: Register,
    plan: ImportPlan,
    vectors: Vectors,
    actor: Person | None,
    now: datetime,
    fingerprint: str,
    progress: Progress | None = None,
) -> ImportResult:
    """Write what the plan says, once; a plan that changes nothing writes nothing. `fingerprint` is the file's."""
    writer = _Writer(register, vectors, actor, now)
    waiting = [row for row in plan.rows if row.standing is not Standing.UNCHANGED]
    if not waiting:
        return ImportResult(plan.counts())
    journey = register.journeys.current()
    make_names(register, plan)
    keep_version(register, journey, actor, now)
    written = writer.write(waiting, progress or (lambda _done, _total: None))
    _join(register, plan, written)
    details: dict[str, object] = {"source": plan.source, **plan.counts()}
    register.audit.add(Entry(now, "import.done", f"source:{plan.source}", actor.id if actor else None, details))
    result = ImportResult(plan.counts(), refresh(register, now))
    _tell_stewards(register, plan, result, fingerprint, now)
    return result


class _Writer:
    """Writes rows; those of one source that follow each other go in together."""

    def __init__(self, register: Register, vectors: Vectors, actor: Person | None, now: datetime) -> None:
        self._register = register
        self._vectors = vectors
        self._by = actor.id if actor else None
        self._now = now

    def write(self, rows: Sequence[PlannedRow], progress: Progress) -> dict[int, Initiative]:
        """Line → the initiative as it is now."""
        resolver = Resolver(self._register, known_in(self._register))
        found: dict[int, Initiative] = {}
        for batch in _batches(rows):
            written = self._batch(batch, resolver)
            found |= {row.line: initiative for row, initiative in zip(batch, written, strict=True)}
            progress(len(found), len(rows))
        return found

    def _batch(self, rows: Sequence[PlannedRow], resolver: Resolver) -> list[Initiative]:
        if rows[0].standing is Standing.CHANGED:
            return self._change([(row, row.present) for row in rows if row.present is not None], resolver)
        drafts = [(row.source_id, resolver.draft(row.draft), self._vectors[_text(row.draft)]) for row in rows]
        added = self._register.initiatives.add_all(drafts, self._now, by=self._by, source=rows[0].source)
        for row, initiative in zip(rows, added, strict=True):
            details: dict[str, object] = {"title": row.draft.title, "source": row.source, "source_id": row.source_id}
            self._audit("initiative.imported", initiative, details)
        return added

    def _change(self, rows: Sequence[tuple[PlannedRow, Initiative]], resolver: Resolver) -> list[Initiative]:
        changed = [self._changed(row, present, resolver) for row, present in rows]
        known = zip(rows, changed, strict=True)
        reworded = {one.id: self._vectors[_text(row.draft)] for (row, _), one in known if _is_reworded(row)}
        self._register.initiatives.save_all(changed, reworded)
        for (row, present), one in zip(rows, changed, strict=True):
            self._audit_change(row, present, one)
        return changed

    def _changed(self, row: PlannedRow, present: Initiative, resolver: Resolver) -> Initiative:
        values: dict[str, Any] = {name: resolver.value(row.draft, name) for name in row.changed}
        return replace(present, draft=replace(present.draft, **values), changed_at=self._now)

    def _audit_change(self, row: PlannedRow, present: Initiative, changed: Initiative) -> None:
        details: dict[str, object] = {"fields": list(row.changed), "source": row.source}
        before, after = present.draft.status, changed.draft.status
        if before is after:
            self._audit("initiative.amended", changed, details)
        else:
            verb = "withdrawn" if after is Status.CANCELLED else "status"
            self._audit(f"initiative.{verb}", changed, {"from": str(before), "to": str(after), **details})

    def _audit(self, verb: str, initiative: Initiative, details: dict[str, object]) -> None:
        self._register.audit.add(Entry(self._now, verb, f"initiative:{initiative.id}", self._by, details))


def _join(register: Register, plan: ImportPlan, written: Mapping[int, Initiative]) -> None:
    """Tie the new ones that were given up for another to it, as they were where they come from."""
    there = {row.reference: written.get(row.line) or row.present for row in plan.rows}
    hosted = ((row, there.get(row.joined)) for row in plan.of(Standing.NEW) if row.joined)
    register.initiatives.save_all([replace(written[row.line], joined=host.id) for row, host in hosted if host])


def _batches(rows: Sequence[PlannedRow]) -> list[list[PlannedRow]]:
    runs = (list(run) for _, run in groupby(rows, key=lambda row: (row.standing, row.source)))
    return [run[at : at + _AT_ONCE] for run in runs for at in range(0, len(run), _AT_ONCE)]


def _tell_stewards(register: Register, plan: ImportPlan, result: ImportResult, fingerprint: str, now: datetime) -> None:
    """One message for each steward who is in Slack: none for each row."""
    payload: dict[str, object] = {
        "source": plan.source,
        **plan.counts(),
        "reported": plan.reported,
        "overlaps": result.opened(Kind.OVERLAP),
        "gaps": result.opened(Kind.GAP),
    }
    for person in stewards_of(register):
        if person.slack_id and person.reachable:
            key = f"imported:{plan.source}:{fingerprint}:{person.slack_id}"
            register.postings.add(Posting(key, MessageKind.IMPORTED, 0, Address.person(person.slack_id), payload), now)


def _is_reworded(row: PlannedRow) -> bool:
    return row.standing is Standing.NEW or not {"title", "problem"}.isdisjoint(row.changed)


def _text(draft: NamedDraft) -> str:
    return text_of(draft.title, draft.problem)
