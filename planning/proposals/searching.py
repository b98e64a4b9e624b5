"""Solving the pieces of a scene one after the other: for certain if possible, else with as little short as possible."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from planning.proposals.changes import Change
from planning.proposals.changing import changes_of
from planning.proposals.dividing import pieces
from planning.proposals.formulating import Formulation
from planning.proposals.improving import improved
from planning.proposals.scene import Scene
from planning.scheduling.checking import check, cost
from planning.scheduling.levelling import level
from planning.scheduling.solving import solve
from planning.scheduling.values import Instance, Limits, Outcome, Solution


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to look: `work` (about as many seconds) is the same on every machine, `seconds` ends each search."""

    work: float = 10.0
    seconds: float = 60.0
    workers: int = 2


EFFORT = Effort()
_LEAST_WORK = 1.0
_HUGE = 120
"""More movable things are not solved at once."""
_STEP_WORK = 0.3
_LARGE = 20
"""As many movable things take long enough for a better answer to be told at once."""


@dataclass(frozen=True)
class Answer:
    """What becomes of one piece: without a solution everything stays."""

    piece: Formulation
    solution: Solution | None = None
    possible: bool = False
    """Whether it solves all conflicts of the piece."""
    proven: bool = False
    """Whether no better one exists, or, if not possible, whether that is certain."""

    @cached_property
    def changes(self) -> list[Change]:
        """What changes."""
        return changes_of(self.piece, self.solution) if self.solution else []

    @property
    def cost(self) -> int:
        """The price of the changes, without that of what is short."""
        return cost(self.piece.instance(), replace(self.solution, extra={})) if self.solution else 0


@dataclass(frozen=True)
class Trial:
    """The answers if every piece can be solved, or whether it is certain that they cannot."""

    answers: Sequence[Answer] | None
    hopeless: bool = False


@dataclass(frozen=True)
class Searcher:
    """Looks for answers with some effort until somebody stops it."""

    effort: Effort
    stop: Callable[[], bool]
    known: dict[object, Answer] = field(default_factory=dict)

    def greedy(self, parts: Sequence[Formulation]) -> list[Answer]:
        """What a leveller makes of each piece; it is soon done and never stopped, for nothing worse is proposed."""
        return [Answer(part, improved(part, level)) for part in parts]

    def answers(self, start: Sequence[Answer], progress: Callable[[Sequence[Answer]], None]) -> list[Answer]:
        """A better answer for each piece; `progress` is told of some, with those before and after them."""
        found, total = list(start), sum(len(answer.piece.moving) for answer in start)
        for place, known in enumerate(start):
            work = max(_LEAST_WORK, self.effort.work * len(known.piece.moving) / max(total, 1))
            found[place] = self._answer(known, work, partial(_with, progress, tuple(found), place))
            if (place + 1).bit_count() == 1:
                progress(found)
        return found

    def fits(self, scene: Scene) -> Sequence[Answer] | None:
        """The answers if every piece can be solved."""
        return self.trial(scene).answers

    def trial(self, scene: Scene) -> "Trial":
        """Whether every piece can be solved, without looking for what would be short."""
        found = []
        for part in sorted(pieces(scene), key=lambda part: part.key in self.known):
            answer = self.known.get(part.key) or self._tried(part)
            if not answer.possible:
                return Trial(None, answer.proven)
            found.append(answer)
        return Trial(found)

    def _tried(self, piece: Formulation) -> Answer:
        outcome = self._solve(piece, _LEAST_WORK)
        if outcome.solution:
            return Answer(piece, outcome.solution, True, outcome.solution.proven)
        return Answer(piece, proven=outcome.infeasible)

    def _answer(self, start: Answer, work: float, progress: Callable[[Answer], None]) -> Answer:
        """Anew only if it was not found before."""
        key, many = start.piece.key, len(start.piece.moving)
        if key not in self.known:
            find = self._found_stepwise if many > _HUGE else self._found
            self.known[key] = find(start, work, progress if many >= _LARGE else _unheard)
        return self.known[key]

    def _found(self, start: Answer, work: float, progress: Callable[[Answer], None]) -> Answer:
        piece = start.piece
        outcome = self._solve(piece, work, lambda it: progress(Answer(piece, it, True)))
        if outcome.solution:
            return Answer(piece, outcome.solution, True, outcome.solution.proven)
        best = self._solve(piece, work, lambda it: progress(Answer(piece, it)), elastic=True)
        return Answer(piece, best.solution, False, outcome.infeasible)

    def _found_stepwise(self, start: Answer, work: float, progress: Callable[[Answer], None]) -> Answer:
        """One conflict after the other; then the whole at once, to find out whether it can be done better."""
        piece, instance = start.piece, start.piece.instance()
        stepped = improved(piece, self._step, start.solution, lambda it: progress(Answer(piece, it)), self.stop)
        bare = replace(stepped, extra={}, bound=0)
        bare = replace(bare, cost=cost(instance, bare))
        solved = not check(instance, bare)
        if self.stop():
            return Answer(piece, stepped, solved)
        outcome = self._solve(piece, work)
        whole = outcome.solution
        if whole and not (solved and bare.cost <= whole.cost):
            return Answer(piece, whole, True, whole.proven)
        return Answer(piece, stepped, solved, outcome.infeasible)

    def _step(self, instance: Instance) -> Solution | None:
        return solve(instance, Limits(self.effort.seconds, _STEP_WORK, self.effort.workers), stop=self.stop).solution

    def _solve(
        self,
        piece: Formulation,
        work: float,
        progress: Callable[[Solution], None] = lambda _: None,
        *,
        elastic: bool = False,
    ) -> Outcome:
        limits = Limits(self.effort.seconds, work, self.effort.workers)
        return solve(piece.instance(elastic=elastic), limits, progress, self.stop)


def _with(progress: Callable[[Sequence[Answer]], None], others: Sequence[Answer], place: int, answer: Answer) -> None:
    progress([*others[:place], answer, *others[place + 1 :]])


def _unheard(_: Answer) -> None:
    """Small pieces are solved before anybody could look."""
