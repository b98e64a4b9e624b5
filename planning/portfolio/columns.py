"""What the rules compare of an initiative, as arrays: one value for each row, and tables of what initiatives name."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from planning.initiatives.values import Initiative, Intent
from planning.metrics.values import Direction
from planning.portfolio.splicing import Splice

Ints = NDArray[np.int64]
UNKNOWN = 0
"""The day, problem or owner of an initiative that does not say; ids count from 1."""
INTENTS = tuple(Intent)
_INTENTS = {intent: place for place, intent in enumerate(INTENTS)}


@dataclass(frozen=True, eq=False)
class Table:
    """What initiatives name, one row each: `of` is the initiative's id, the other columns are as long."""

    of: Ints

    @classmethod
    def read(cls, rows: Iterable[tuple[Any, ...]]) -> Self:
        """From one tuple for each row, in the order of the columns."""
        columns = list(zip(*rows, strict=True)) or [()] * len(fields(cls))
        return cls(*(np.array(column, _TYPES[field.name]) for field, column in zip(fields(cls), columns, strict=True)))

    def spliced(self, splice: Splice, more: Self) -> Self:
        """With that change done to every column."""
        names = [field.name for field in fields(self)]
        return type(self)(*(splice.arrays(getattr(self, name), getattr(more, name)) for name in names))

    def changed(self, gone: Collection[int], more: Self) -> Self:
        """Without what the initiatives that are gone name, and with more at the end."""
        out = np.flatnonzero(np.isin(self.of, list(gone))).tolist() if gone else ()
        return self.spliced(Splice.of(len(self.of), out, [len(self.of)] * len(more.of)), more)


@dataclass(frozen=True, eq=False)
class Links(Table):
    """Initiatives name things by their ids."""

    to: Ints


@dataclass(frozen=True, eq=False)
class Contacts(Links):
    """Planned contacts; `to` is the segment, `place` which of its initiative's contacts it is, days are ordinals.

    `intents` are places in INTENTS.
    """

    place: Ints
    intents: Ints
    starts: Ints
    ends: Ints


@dataclass(frozen=True, eq=False)
class Requests(Links):
    """Requests; `to` is the pool, days are ordinals."""

    person_weeks: NDArray[np.float64]
    starts: Ints
    ends: Ints


@dataclass(frozen=True, eq=False)
class Effects(Links):
    """Effects; `to` is the metric, `up` whether it is meant to rise."""

    up: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Rows(Table):
    """One row for each initiative, by ascending id; UNKNOWN where it does not say.

    The bits are a sieve for what two initiatives name in common: bit `id % 64` is set for each thing that is named.
    Different things may share a bit, so no common bit means nothing in common, and not the other way round.
    """

    departments: Ints
    starts: Ints
    ends: Ints
    problems: Ints
    owners: Ints
    stage_bits: NDArray[np.uint64]
    segment_bits: NDArray[np.uint64]
    touchpoint_bits: NDArray[np.uint64]
    metric_bits: NDArray[np.uint64]


_TYPES: dict[str, type[np.generic]] = {
    **dict.fromkeys(("of", "to", "place", "intents", "starts", "ends", "departments", "problems", "owners"), np.int64),
    **dict.fromkeys(("stage_bits", "segment_bits", "touchpoint_bits", "metric_bits"), np.uint64),
    "person_weeks": np.float64,
    "up": np.bool_,
}


@dataclass(frozen=True, eq=False)
class Columns:
    """The initiatives by row, and what they name in tables of their own."""

    rows: Rows
    stages: Links
    segments: Links
    contacts: Contacts
    requests: Requests
    effects: Effects

    @classmethod
    def of(cls, initiatives: Sequence[Initiative]) -> Self:
        """The columns of initiatives in ascending order of their ids."""
        drafts = [(each.id, each.draft) for each in initiatives]
        return cls(
            Rows.read(_row(each) for each in initiatives),
            Links.read((id, stage) for id, draft in drafts for stage in draft.stages),
            Links.read((id, segment) for id, draft in drafts for segment in draft.segments),
            Contacts.read(
                (
                    id,
                    each.segment,
                    place,
                    _INTENTS[each.intent],
                    each.window.start.toordinal(),
                    each.window.end.toordinal(),
                )
                for id, draft in drafts
                for place, each in enumerate(draft.contacts)
            ),
            Requests.read(
                (id, each.pool, each.person_weeks, each.window.start.toordinal(), each.window.end.toordinal())
                for id, draft in drafts
                for each in draft.requests
            ),
            Effects.read(
                (id, each.metric, each.direction is Direction.UP) for id, draft in drafts for each in draft.effects
            ),
        )

    @property
    def ids(self) -> Ints:
        """The id of each row."""
        return self.rows.of

    def departments(self, of: Ints) -> Ints:
        """The departments of initiatives that are all on record here."""
        return self.rows.departments[np.searchsorted(self.ids, of)]

    def changed(self, splice: Splice, gone: Collection[int], more: Self) -> Self:
        """With that change done to the rows; what the initiatives that are gone name goes, more comes at the end."""
        tables = (getattr(self, name).changed(gone, getattr(more, name)) for name in _TABLES)
        return type(self)(self.rows.spliced(splice, more.rows), *tables)


_TABLES = ("stages", "segments", "contacts", "requests", "effects")


def _row(initiative: Initiative) -> tuple[int, ...]:
    draft, window = initiative.draft, initiative.window
    return (
        initiative.id,
        draft.department,
        window.start.toordinal() if window else UNKNOWN,
        window.end.toordinal() if window else UNKNOWN,
        draft.serves or UNKNOWN,
        draft.owner or UNKNOWN,
        _bits(draft.stages),
        _bits(draft.segments),
        _bits(draft.touchpoints),
        _bits(effect.metric for effect in draft.effects),
    )


def _bits(ids: Iterable[int]) -> int:
    bits = 0
    for id in ids:
        bits |= 1 << (id % 64)
    return bits
