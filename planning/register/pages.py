"""Some of a long list."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a long list: `items` from `offset` on, of `total`."""

    items: tuple[T, ...]
    total: int
    offset: int = 0

    @property
    def hidden(self) -> int:
        """How many come after these."""
        return max(0, self.total - self.offset - len(self.items))
