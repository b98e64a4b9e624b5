"""The store of initiatives."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from planning.initiatives.values import Draft, Initiative
from planning.portfolio.holdings import Holdings
from planning.portfolio.values import Portfolio
from planning.register.pages import Page

UNCHANGED: Mapping[int, NDArray[np.float32]] = {}
"""No text is another one."""


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for; empty fields do not narrow. Words must occur in title, problem, names or reference."""

    words: tuple[str, ...] = ()
    owner: int | None = None
    departments: tuple[int, ...] = ()
    stages: tuple[int, ...] = ()
    live_only: bool = False


class Initiatives(Protocol):
    @property
    def encoder(self) -> str:
        """The version of the encoder that made the vectors given here."""
        ...

    def by_id(self, id: int) -> Initiative: ...
    def some(self, ids: Collection[int]) -> list[Initiative]:
        """Those with these numbers, in few statements for all; a number that nobody has is left out."""
        ...

    def all(self) -> list[Initiative]: ...
    def by_source(self, source: str, source_id: str) -> Initiative | None:
        """The one with that pair, if it is on record."""
        ...

    def matching(self, search: Search, limit: int, offset: int = 0) -> Page[Initiative]: ...
    def add(
        self,
        draft: Draft,
        vector: NDArray[np.float32],
        now: datetime,
        *,
        by: int | None = None,
        source: str = "",
        source_id: str = "",
    ) -> Initiative: ...
    def add_all(
        self, drafts: Sequence[tuple[str, Draft, NDArray[np.float32]]], now: datetime, *, by: int | None, source: str
    ) -> list[Initiative]:
        """Many of one source at once: (source id, draft, vector)."""
        ...

    def save(self, initiative: Initiative, vector: NDArray[np.float32] | None = None) -> None:
        """Write it as it is now; the vector only when the text changed."""
        ...

    def save_all(
        self, initiatives: Sequence[Initiative], vectors: Mapping[int, NDArray[np.float32]] = UNCHANGED
    ) -> None:
        """Write known ones as they are now, few statements for all; `vectors` (by id) of those whose text changed."""
        ...

    def count_live(self, most: int) -> int:
        """How many are live; it counts no further than `most`."""
        ...

    def holdings(self) -> Holdings:
        """The live initiatives alone."""
        ...

    def portfolio(self, now: datetime) -> Portfolio:
        """The live initiatives and all that their names refer to, on the day that it is in the workspace."""
        ...
