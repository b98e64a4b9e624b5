"""From a portfolio to a proposal: the least change that brings the conflicts of a scope to nothing.

The initiatives in conflict move; only if that is not enough, and it is not about a whole quarter, may those that they
would run into move as well. What the solver says is put to the real rules, and what these refuse is not proposed.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from planning.findings.values import Finding, Found
from planning.portfolio.values import Portfolio
from planning.proposals.asking import NO_WISHES
from planning.proposals.avoiding import refused
from planning.proposals.dividing import pieces
from planning.proposals.lacking import lacks_of, sentence_of
from planning.proposals.relaxing import relaxations_of
from planning.proposals.scene import Scene
from planning.proposals.searching import EFFORT, Answer, Effort, Searcher
from planning.proposals.tasks import Task
from planning.proposals.values import About, AboutKind, Lack, Proposed, Relaxation, Wishes
from planning.proposals.verifying import Outlook

_ROUNDS = 8
"""So often the real rules may refuse an answer."""
_FEW = 3
"""With more that cannot be done, no single way out is of help."""
Told = Callable[[Proposed], None]


def propose(
    portfolio: Portfolio,
    about: About,
    finding: Finding | None = None,
    wishes: Wishes = NO_WISHES,
    effort: Effort = EFFORT,
    progress: Told = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Proposed:
    """The least change that brings the conflicts to nothing, or what is short; `progress` is told of each better one.

    The same input gives the same proposal unless it is stopped or a search takes longer than `effort.seconds`.
    """
    task = Task.of(portfolio, about, finding, wishes)
    if task.troubles.duplicates:
        return task.merging()
    return _Search(task, Searcher(effort, stop), progress).best()


class _Search:
    """Answers are looked for until the rules refuse nothing of them; the best that they did not refuse is kept."""

    def __init__(self, task: Task, searcher: Searcher, progress: Told) -> None:
        self._task = task
        self._searcher = searcher
        self._progress = progress
        self._best = task.told(Outlook(task.portfolio, ()), 0, proven=False)

    def best(self) -> Proposed:
        """The proposal."""
        scene = self._task.scene
        for _ in range(_ROUNDS):
            scene, answers = self._answers(scene)
            outlook = outlook_of(self._task.portfolio, answers)
            if not outlook.new:
                return self._final(scene, answers, outlook)
            self._tell(answers)
            clashes = refused(scene, outlook.new, outlook.changes)
            if not clashes:
                break
            scene = replace(scene, unlike=tuple(dict.fromkeys((*scene.unlike, *clashes))))
        return self._explained(self._best)

    def _answers(self, scene: Scene) -> tuple[Scene, list[Answer]]:
        """With more that may move if it cannot be done otherwise."""
        greedy = self._searcher.greedy(pieces(scene))
        self._tell(greedy)
        answers = self._searcher.answers(greedy, self._tell)
        narrow = scene.wide or self._task.about.kind is AboutKind.QUARTER or all(one.possible for one in answers)
        if narrow or self._searcher.stop():
            return scene, answers
        wide = replace(scene, wide=True)
        trial = self._searcher.trial(wide)
        if trial.answers is not None:
            return wide, [*trial.answers]
        return scene, [replace(one, proven=one.proven and trial.hopeless) for one in answers]

    def _tell(self, answers: Sequence[Answer]) -> None:
        """Keep what the rules let pass of the answers if it is better, and tell of it."""
        left = let_pass(self._task.portfolio, answers)
        told = self._task.told(outlook_of(self._task.portfolio, left), cost_of(left), proven=False)
        unwanted = any(told.changes and {*one} <= {*told.signature} for one in self._task.bounds.wishes.avoided)
        if measure(told) < measure(self._best) and not unwanted:
            self._best = told
            self._progress(told)

    def _final(self, scene: Scene, answers: Sequence[Answer], outlook: Outlook) -> Proposed:
        told = self._task.told(outlook, cost_of(answers), proven=all(answer.proven for answer in answers))
        if measure(self._best) < measure(told):
            return self._explained(self._best)
        if told.possible or self._searcher.stop() or sum(not answer.possible for answer in answers) > _FEW:
            return self._explained(told)
        stuck = {id for lack in self._lacks(told) for id in lack.initiatives}
        return self._explained(told, relaxations_of(scene, stuck, self._searcher.fits))

    def _explained(self, told: Proposed, ways: Sequence[str] = ()) -> Proposed:
        """With what is short and the ways out, if not everything is solved."""
        lacks = self._lacks(told)
        added = sentence_of(lacks) if len(lacks) <= _FEW else ""
        sentences = tuple(Relaxation(sentence=way) for way in (*ways, added) if way)
        return told.model_copy(update={"lacks": lacks, "relaxations": sentences})

    def _lacks(self, told: Proposed) -> tuple[Lack, ...]:
        return lacks_of(self._task.left(Outlook(self._task.portfolio, told.changes)), self._task.troubles)


def outlook_of(portfolio: Portfolio, answers: Sequence[Answer]) -> Outlook:
    """The portfolio with all that the answers change."""
    return Outlook(portfolio, [change for answer in answers for change in answer.changes])


def let_pass(portfolio: Portfolio, answers: Sequence[Answer]) -> Sequence[Answer]:
    """The answers without those that the rules refuse; none if it is not clear which these are."""
    while new := outlook_of(portfolio, answers).new:
        rest = _innocent(answers, new)
        answers = rest if len(rest) < len(answers) else ()
    return answers


def _innocent(answers: Sequence[Answer], new: Sequence[Found]) -> list[Answer]:
    """Those that have nothing to do with what is new."""
    guilty = {id for found in new for id in found.initiatives()}
    return [one for one in answers if guilty.isdisjoint(change.initiative for change in one.changes)]


def cost_of(answers: Sequence[Answer]) -> int:
    """The price of all changes."""
    return sum(answer.cost for answer in answers)


def measure(told: Proposed) -> tuple[float, int]:
    """What is left of the conflicts, then what the changes cost."""
    left = told.after
    return left.collisions + left.crowded_weeks + left.duplicates + left.short, told.cost
