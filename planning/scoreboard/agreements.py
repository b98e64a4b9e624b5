"""The parts of the scoreboard that say how far people agree: on the stages, on what happens there, on the scores."""

from collections.abc import Sequence
from dataclasses import dataclass

from planning.agreement.ratification import Ratification
from planning.agreement.results import Index, NamingResult, PulseResult
from planning.agreement.tallying import Tally, Word, changes
from planning.agreement.values import Poll
from planning.findings.facts.base import listed, quoted
from planning.portfolio.values import Portfolio
from planning.scoreboard.values import Agreement, Pulse, ScoreTests
from planning.text import clip, counted
from planning.workspace.hours import day_in

SAME, MOSTLY, PARTLY = 0.8, 0.6, 0.4
"""From these naming indices on, people name the same stages, mostly the same, or partly the same."""
RELIABLE, TENTATIVE = 0.8, 0.667
"""From these alphas on a coding is reliable, or good for tentative conclusions (Krippendorff 2004)."""
BEFORE, NAMED, NAME = 4, 3, 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: closed polls, the newest first; how the newest ratification stands, and the last one made.

    What happened is told by the day that it was in `zone`.
    """

    namings: Sequence[Poll] = ()
    pulses: Sequence[Poll] = ()
    tally: Tally | None = None
    ratified: Ratification | None = None
    zone: str = "UTC"


def agreement(asked: Asked, portfolio: Portfolio) -> Agreement | None:
    """How far people name the same stages; None while nobody was asked and nothing was put to the departments."""
    poll = next((one for one in asked.namings if isinstance(one.result, NamingResult)), None)
    if poll is None and asked.tally is None:
        return None
    index = poll.result.overall if poll and isinstance(poll.result, NamingResult) else None
    ratified = asked.ratified
    return Agreement(
        sentence=" ".join(filter(None, (_named(poll, index), _next_step(asked, index, portfolio)))),
        index=index,
        asked_on=day_in(asked.zone, poll.closed_at) if poll and poll.closed_at else None,
        ratified_on=day_in(asked.zone, ratified.closed_at) if ratified and ratified.closed_at else None,
        over=ratified.over if ratified else 0,
    )


def _named(poll: Poll | None, index: Index | None) -> str:
    if poll is None:
        return ""
    if index is None:
        return "Too few answered the naming round to tell how far people agree."
    if index.value >= SAME:
        return "People name the same stages in the same order."
    if index.value >= MOSTLY:
        return "People name mostly the same stages."
    return f"People name {'partly the same' if index.value >= PARTLY else 'different'} stages."


def _next_step(asked: Asked, index: Index | None, portfolio: Portfolio) -> str:
    if asked.tally is None:
        return "Settle the proposed list and ask the departments to agree to it: “/cx agree”."
    if asked.tally.ratification.closed_at is None:
        return _still_asked(asked.tally)
    if asked.ratified is None or changes(asked.ratified.stages, portfolio.journey):
        return "The stages have changed since the departments were asked: ask them again with “/cx agree”."
    if index is not None and index.value < PARTLY:
        return "The departments have ratified the stages, but people do not know them: tell everybody, then ask again."
    return "The departments have ratified the stages: ask again in a quarter whether it still holds."


def _still_asked(standing: Tally) -> str:
    if against := standing.saying(Word.OBJECTS):
        verb = "object" if len(against) > 1 else "objects"
        return f"{_few(against)} {verb} to the stages: talk it over before they are ratified."
    if silent := standing.saying(Word.WAITING, Word.UNASKED, Word.OUTDATED):
        verb = "have" if len(silent) > 1 else "has"
        return f"{_few(silent)} {verb} not said yet whether the stages stand: ask the leads to answer."
    return "Every department that could be asked agrees to the stages: a steward can ratify them with “/cx agree”."


def _few(names: Sequence[str]) -> str:
    more = [f"{len(names) - NAMED} more"] if len(names) > NAMED else []
    return listed([*(clip(name, NAME) for name in names[:NAMED]), *more])


def pulse(asked: Asked) -> Pulse | None:
    """How far people put the same work on the same stages; None before the first pulse with enough answers."""
    told = [(poll, poll.result) for poll in asked.pulses if isinstance(poll.result, PulseResult)]
    alphas = [(poll, result, result.alpha) for poll, result in told if result.alpha is not None]
    if not alphas or alphas[0][0].closed_at is None:
        return None
    poll, result, alpha = alphas[0]
    return Pulse(
        sentence=_pulse_sentence(result, alpha),
        alpha=alpha,
        asked_on=day_in(asked.zone, poll.closed_at or poll.closes_at),
        before=tuple(earlier.value for _, _, earlier in alphas[1 : BEFORE + 1])[::-1],
        confused=result.confused,
    )


def _pulse_sentence(result: PulseResult, alpha: Index) -> str:
    if alpha.value >= RELIABLE:
        return "People put the same work on the same stages: nothing to settle."
    partly = "mostly" if alpha.value >= TENTATIVE else "only partly"
    confused = result.confused
    if confused is None:
        return f"People {partly} put the same work on the same stages: sharpen the stages’ definitions."
    pair = quoted([clip(confused.first, NAME), clip(confused.second, NAME)])
    return f"People {partly} put the same work on the same stages: talk over where {pair} meet."


def score_tests(portfolio: Portfolio) -> ScoreTests | None:
    """On how many stages the leads agree what “score!” means; None while no stage was tested."""
    stages = portfolio.journey.stage_names()
    tests = [one for one in portfolio.scores if one.stage in stages]
    if not tests:
        return None
    disputed = [clip(stages[one.stage], NAME) for one in tests if not one.agreed]
    return ScoreTests(
        sentence=_scores_sentence(disputed, len(stages) - len(tests)),
        agreed=len(tests) - len(disputed),
        tested=len(tests),
        stages=len(stages),
    )


def _scores_sentence(disputed: Sequence[str], untested: int) -> str:
    if disputed:
        more = f" and {len(disputed) - NAMED} more" if len(disputed) > NAMED else ""
        return f"The leads differ on {quoted(disputed[:NAMED])}{more}: settle measure and target in their next plan."
    if untested:
        return f"Ask the leads of the {counted(untested, 'other stage')} too: “/cx agree”."
    return "The leads of every stage agree: read the metrics and keep to them."
