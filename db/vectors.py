"""The vectors of initiatives, by the version of the encoder that made them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, and_, delete, exists, insert, select, update

from db.initiative_rows import InitiativeRow, VectorRow
from db.reading import initiatives, shown, with_parts
from db.scope import Scope
from db.workspaces import next_revision
from planning.initiatives.values import Initiative
from planning.similarity import from_bytes, to_bytes

Vector = NDArray[np.float32]
Stored = Mapping[str, Mapping[int, bytes]]
"""Encoder version → initiative id → its vector as it is stored."""


@dataclass(frozen=True, slots=True)
class SqlVectors:
    """The vectors of a workspace: what the current encoder has read, and what others had read before it."""

    scope: Scope

    def add_new(self, vectors: Sequence[tuple[int, Vector]]) -> None:
        """Store what the current encoder made of initiatives that it had not read."""
        owner = {"workspace_id": self.scope.workspace, "encoder": self.scope.encoder}
        rows = [{**owner, "initiative_id": id, "vector": to_bytes(vector)} for id, vector in vectors]
        if rows:
            self.scope.session.execute(insert(VectorRow), rows)

    def replace(self, id: int, vector: Vector) -> None:
        """Store what the current encoder made of a changed text; what others made of the old one goes."""
        old = delete(VectorRow).where(self.scope.owns(VectorRow), VectorRow.initiative_id == id)
        self.scope.session.execute(old)
        self.add_new([(id, vector)])

    def outdated(self, limit: int, after: int = 0) -> list[Initiative]:
        """The first of those after an id that the current encoder has not read."""
        unread = shown(self.scope, and_(self._unread(), InitiativeRow.id > after)).order_by(InitiativeRow.id)
        rows = self.scope.session.execute(unread.limit(limit)).all()
        return with_parts(self.scope, rows, InitiativeRow.id.in_([row.id for row in rows]))

    def outdated_count(self) -> int:
        """How many the current encoder has not read."""
        return self.scope.total(shown(self.scope, self._unread()))

    def add(self, read: Sequence[tuple[Initiative, Vector]]) -> None:
        """Store what the current encoder made of texts, beside what others made; not of a text that has changed."""
        asked = and_(self._unread(), InitiativeRow.id.in_([initiative.id for initiative, _ in read]))
        texts = {one.id: (one.draft.title, one.draft.problem) for one in initiatives(self.scope, asked)}
        kept = [(one.id, vector) for one, vector in read if texts.get(one.id) == (one.draft.title, one.draft.problem)]
        if kept:
            self.add_new(kept)
            saved = InitiativeRow.id.in_([id for id, _ in kept])
            revised = update(InitiativeRow).where(self.scope.owns(InitiativeRow), saved)
            self.scope.session.execute(
                revised.values(revision=next_revision(self.scope)), execution_options={"synchronize_session": False}
            )

    def drop_old(self) -> bool:
        """Drop what other encoders made, once the current one has read every text; whether anything was dropped."""
        old = (self.scope.owns(VectorRow), VectorRow.encoder != self.scope.encoder)
        unread = shown(self.scope, self._unread()).limit(1)
        if self.scope.session.execute(unread).first() or not self.scope.session.scalar(select(exists().where(*old))):
            return False
        self.scope.session.execute(delete(VectorRow).where(*old))
        next_revision(self.scope)
        return True

    def has(self, id: int, encoder: str) -> bool:
        """Whether there is a vector that an encoder version made of an initiative."""
        one = (VectorRow.initiative_id == id, VectorRow.encoder == encoder)
        return bool(self.scope.session.scalar(select(exists().where(self.scope.owns(VectorRow), *one))))

    def stored(self, condition: ColumnElement[bool]) -> Stored:
        """The vectors of the initiatives under a condition."""
        of = and_(InitiativeRow.workspace_id == VectorRow.workspace_id, InitiativeRow.id == VectorRow.initiative_id)
        chosen = select(VectorRow.encoder, VectorRow.initiative_id, VectorRow.vector).join(InitiativeRow, of)
        vectors: dict[str, dict[int, bytes]] = {}
        for encoder, id, vector in self.scope.session.execute(chosen.where(self.scope.owns(VectorRow), condition)):
            vectors.setdefault(encoder, {})[id] = vector
        return vectors

    def _unread(self) -> ColumnElement[bool]:
        mine = (VectorRow.initiative_id == InitiativeRow.id, VectorRow.encoder == self.scope.encoder)
        return ~exists().where(self.scope.owns(VectorRow), *mine)


def matrix(vectors: Mapping[int, bytes], ids: Sequence[int]) -> Vector:
    """One row for each id; zeros where there is no vector."""
    blank = bytes(max(map(len, vectors.values()), default=0))
    return from_bytes(b"".join(vectors.get(id, blank) for id in ids)).reshape(len(ids), len(blank) // 2)
