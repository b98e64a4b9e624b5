"""What is known to overlap and to be missing in an invented company, and how far what was found agrees with it."""

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Ids = frozenset[str]
"""The initiatives of an overlap; of a gap the one thing that it is about."""
DUPLICATE, SPLIT, COLLISION = "duplicate_effort", "split_problem", "contact_collision"


@dataclass(frozen=True, slots=True)
class Truth:
    """The kinds of overlap and gap, each with what is there and why; pairs that only look like duplicates."""

    kinds: Mapping[str, Mapping[Ids, str]]
    near_misses: Mapping[Ids, str]

    def split(self, ids: Ids) -> bool:
        """Whether these initiatives are all parts of one split problem."""
        return any(ids <= whole for whole in self.kinds.get(SPLIT, {}))


@dataclass(frozen=True, slots=True)
class Told:
    """Something with the words for it: of a miss the truth's, of a false alarm the sentences of its facts."""

    ids: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How what was found of one kind agrees with the truth; `apart` is neither right nor wrong."""

    truth: int
    found: int
    right: int
    misses: tuple[Told, ...] = ()
    false_alarms: tuple[Told, ...] = ()
    apart: int = 0

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right; None when there is nothing."""
        return share(self.right, self.found - self.apart)

    @property
    def recall(self) -> float | None:
        """The share of the truth that was found; None when there is none."""
        return share(self.right, self.truth)


@dataclass(frozen=True, slots=True)
class Members:
    """How well the members of the groups that were found agree, where both name the same problem."""

    problems: int
    right: int
    told: int
    wanted: int


def share(part: int, whole: int) -> float | None:
    """A part of a whole; None of nothing."""
    return part / whole if whole else None


def figure(value: float | None) -> str:
    """A share as a table shows it; a dash for None."""
    return "–" if value is None else f"{value:.2f}"


def read_truth(folder: Path) -> Truth:
    """The truth.csv, gaps.csv and near_misses.csv of a company's folder."""
    kinds: dict[str, dict[Ids, str]] = {}
    for row in _rows(folder / "truth.csv"):
        kinds.setdefault(row["kind"], {})[_ids(row["ids"])] = row["why"]
    for row in _rows(folder / "gaps.csv"):
        kinds.setdefault(row["kind"], {})[frozenset({row["subject"]})] = row["why"]
    return Truth(kinds, {_ids(row["ids"]): row["why"] for row in _rows(folder / "near_misses.csv")})


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


def _ids(joined: str) -> Ids:
    return frozenset(joined.split("+"))


def agreement(kind: str, found: Mapping[Ids, str], truth: Truth) -> Agreement:
    """How what was found of a kind (with the sentences of its facts) agrees.

    A pair of one split problem that is told as duplicate effort is neither right nor wrong.
    """
    known = truth.kinds.get(kind, {})
    apart = {ids for ids in found if kind == DUPLICATE and ids not in known and truth.split(ids)}
    return Agreement(
        len(known),
        len(found),
        len(found.keys() & known.keys()),
        _told(known.keys() - found.keys(), known),
        _told(found.keys() - known.keys() - apart, found),
        len(apart),
    )


def _told(which: Collection[Ids], words: Mapping[Ids, str]) -> tuple[Told, ...]:
    return tuple(Told(tuple(sorted(ids)), words[ids]) for ids in sorted(which, key=sorted))


def same_problems(found: Collection[Ids], truth: Truth) -> Members:
    """Each true group beside the group found that has most of its members, at least two: how their members agree."""
    known = truth.kinds.get(SPLIT, {})
    pairs = [(ids, max(found, key=lambda group: len(group & ids), default=frozenset[str]())) for ids in known]
    same = [(ids, group) for ids, group in pairs if len(ids & group) > 1]
    return Members(
        len(same),
        sum(len(ids & group) for ids, group in same),
        sum(len(group) for _, group in same),
        sum(len(ids) for ids, _ in same),
    )


def added(parts: Sequence[Agreement]) -> Agreement:
    """Several companies as one."""
    return Agreement(
        sum(one.truth for one in parts),
        sum(one.found for one in parts),
        sum(one.right for one in parts),
        apart=sum(one.apart for one in parts),
    )


def together(parts: Sequence[Members]) -> Members:
    """The members of several companies as one."""
    return Members(
        sum(one.problems for one in parts),
        sum(one.right for one in parts),
        sum(one.told for one in parts),
        sum(one.wanted for one in parts),
    )
