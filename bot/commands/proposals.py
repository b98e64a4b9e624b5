"""`concord propose`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.commands.opening import opened, workspace_of
from bot.printing import Screen
from bot.proposing.solving import solved
from bot.settings import Settings
from handlers.views.changes import before_after, change_sentence, lack_sentence
from handlers.views.names import Names
from handlers.views.proposals import CERTAIN, NOT_FOUND, NOTHING, PROVEN, UNPROVEN, about_words, overlap_words
from planning.findings.values import Finding
from planning.proposals.asking import NO_WISHES
from planning.proposals.scoping import finding_about, pool_about, quarter_about, stage_about
from planning.proposals.values import About, AboutKind, Proposed
from planning.register import Register


@dataclass(frozen=True, slots=True)
class ProposalWish:
    """What a proposal is wanted for, as it was typed; the present quarter when nothing is named."""

    stage: str | None = None
    pool: str | None = None
    quarter: str | None = None
    overlap: int | None = None


def run_propose(settings: Settings, workspace: str | None, wish: ProposalWish, *, as_json: bool) -> bool:
    """Compute and print a proposal, and keep nothing; whether it can be done."""
    screen, now = Screen(), datetime.now(UTC)
    with opened(settings) as database, workspace_of(database, workspace).reading() as register:
        about = _about(register, wish, now)
        finding = register.findings.by_id(about.id) if about.kind is AboutKind.FINDING else None
        subject, portfolio = _subject(register, about, finding), register.initiatives.portfolio(now)
    best = solved(portfolio, about, finding, NO_WISHES, progress=_progress(screen), stop=lambda: False)
    if as_json:
        screen.json(proposed_told(about, best))
    else:
        print_proposed(screen, subject, best)
    return best.possible


def proposed_told(about: About, best: Proposed) -> dict[str, Any]:
    """A proposal as JSON, each change and lack also in a sentence."""
    told = best.model_dump(mode="json")
    for name, sentences in (
        ("changes", [change_sentence(change) for change in best.changes]),
        ("lacks", [lack_sentence(lack) for lack in best.lacks]),
    ):
        told[name] = [{**one, "sentence": sentence} for one, sentence in zip(told[name], sentences, strict=True)]
    return {"about": about.model_dump(mode="json"), **told}


def print_proposed(screen: Screen, subject: str, best: Proposed) -> None:
    """A proposal for people."""
    screen.line(f"A proposal for {subject}", style="bold")
    if best.possible and not best.changes:
        screen.line(NOTHING)
        return
    if not best.possible:
        screen.line(CERTAIN if best.proven else NOT_FOUND)
        _part(screen, "What is short", [lack_sentence(lack) for lack in best.lacks])
        _part(screen, "The cheapest ways out", [way.sentence for way in best.relaxations])
    _part(screen, "What would change", [change_sentence(change) for change in best.changes])
    if best.changes:
        screen.heading(f"Before → after: {before_after(best)}")
    if best.possible:
        screen.line(PROVEN if best.proven else UNPROVEN, style="dim")


def _part(screen: Screen, title: str, sentences: list[str]) -> None:
    if sentences:
        screen.heading(title)
    for sentence in sentences:
        screen.line(sentence, indent=2)


def _progress(screen: Screen) -> Callable[[Proposed], None]:
    return lambda best: screen.aside(f"Best so far: {before_after(best)}")


def _subject(register: Register, about: About, finding: Finding | None) -> str:
    return overlap_words(finding) if finding else about_words(about, Names.of(register))


def _about(register: Register, wish: ProposalWish, now: datetime) -> About:
    if wish.overlap is not None:
        return finding_about(register, wish.overlap, now)
    if wish.stage is not None:
        return stage_about(register, wish.stage)
    if wish.pool is not None:
        return pool_about(register, wish.pool)
    return quarter_about(register, wish.quarter or "", now)
