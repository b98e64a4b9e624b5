"""Keys by which a program of the company may send readings."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class KeyScope(StrEnum):
    """What a key lets a program do."""

    READINGS = "readings:write"
    """Send readings of the metrics."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key: `digest` is the SHA-256 of its secret in hexadecimal; the secret itself is nowhere on record."""

    id: int
    name: str
    digest: str
    made_at: datetime
    made_by: int
    used_at: datetime | None = None
    revoked_at: datetime | None = None
    scopes: frozenset[KeyScope] = frozenset({KeyScope.READINGS})
