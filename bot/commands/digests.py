"""`concord digest --dry-run`."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.opening import opened, workspace_of
from bot.printing import Screen, counted
from bot.settings import Settings
from handlers.decisions import standings_of
from handlers.views.decisions import HEADING, NO_STANDINGS, UNKNOWN, Standings
from handlers.views.outcomes import PLANS, kept_words
from planning.digests.executive import preview
from planning.digests.values import Coverage, Digest
from planning.scoreboard.values import Scoreboard
from planning.window import said

SHOWN = 4
"""As many initiatives of one overlap are named."""


def run_digest(settings: Settings, workspace: str | None, png: Path | None, *, as_json: bool) -> None:
    """Print the digest as it would be sent now; nothing is sent and nothing is written to the register."""
    screen, now = Screen(), datetime.now(UTC)
    with opened(settings) as database, workspace_of(database, workspace).reading() as register:
        digest = preview(register, now)
        standings = standings_of(register, digest, now)
    if png is not None:
        _draw(digest.coverage, png)
        screen.aside(f"The picture is in {png}.")
    if as_json:
        screen.json(digest.model_dump(mode="json"))
    else:
        print_digest(screen, digest, standings)


def _draw(coverage: Coverage, png: Path) -> None:
    from handlers.views.charts import coverage_png  # here, because it loads matplotlib

    png.parent.mkdir(parents=True, exist_ok=True)
    png.write_bytes(coverage_png(coverage))


def print_digest(screen: Screen, digest: Digest, standings: Standings = NO_STANDINGS) -> None:
    """The digest in the terminal, in the order in which Slack shows it."""
    since = f"since {said(digest.since.date())}" if digest.since else "the first digest"
    screen.line(f"{digest.company} – {said(digest.day)}", style="bold")
    live = f"{counted(digest.live, 'live initiative')} of {counted(digest.departments, 'department')}"
    screen.line(f"{live} · {since}", style="dim")
    _decisions(screen, digest, standings)
    _changes(screen, digest)
    _coverage(screen, digest.coverage)
    for sentence in digest.silence:
        screen.line(sentence, style="dim", indent=2)
    _scores(screen, digest.scores)
    if digest.plans:
        screen.heading(PLANS)
        screen.line(kept_words(digest.plans), indent=2)
    screen.heading(f"Gaps, the worst first ({digest.gaps_total})")
    for gap in digest.gaps:
        screen.line(gap.sentence, indent=2)
    screen.heading("Asked of the leads this week")
    for ask in digest.asks:
        screen.line(f"{ask.department} ({', '.join(ask.leads) or 'no lead yet'}): {ask.what}", indent=2)
    screen.heading(f"Initiatives that lack something ({digest.quality_total})")
    for lacking in digest.quality:
        screen.line(lacking.sentence, indent=2)
    for thanked in digest.thanks:
        screen.line(thanked, style="dim", indent=2)
    screen.out.print()
    screen.line(f"Sent every {digest.schedule}." if digest.schedule else "It has no schedule yet: /cx setup in Slack.")


def _decisions(screen: Screen, digest: Digest, standings: Standings) -> None:
    screen.heading(f"{HEADING} ({digest.decisions_total}; {digest.waiting_total} open overlaps)")
    for decision in digest.decisions:
        names = " / ".join(decision.departments)
        screen.line(f"{_some(decision.references, ' + ')} · {names} · {counted(decision.days, 'day')}", indent=2)
        screen.line(f"{_some(decision.titles, ' / ')}: {decision.sentence}", style="dim", indent=4)
        proposed = standings.get(decision.decision or 0, UNKNOWN).proposed
        for label, told in (("What waiting costs", decision.cost), ("Concord proposes", proposed)):
            if told:
                screen.line(f"{label}: {told}", style="dim", indent=4)
    for sentence in digest.decided:
        screen.line(sentence, indent=2)


def _some(names: Sequence[str], between: str) -> str:
    """The first few of an overlap's initiatives; the others are counted."""
    more = [f"{len(names) - SHOWN} more"] if len(names) > SHOWN else []
    return between.join([*names[:SHOWN], *more])


def _changes(screen: Screen, digest: Digest) -> None:
    changes = digest.changes.model_dump()
    told = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in changes.items() if number)
    screen.heading("What changed")
    screen.line(told or "Nothing.", indent=2)


def _scores(screen: Screen, board: Scoreboard | None) -> None:
    if board is None:
        return
    screen.heading("Scores")
    for line in board.metrics.lines if board.metrics else ():
        screen.line(line.sentence, indent=2)
    for part in board.told:
        screen.line(part.sentence, indent=2)
    for hint in board.unknown:
        screen.line(f"Not known yet. {hint}", style="dim", indent=2)


def _coverage(screen: Screen, coverage: Coverage) -> None:
    """Each stage with who works on it: departments as columns would not fit a terminal."""
    screen.heading("Live initiatives by stage and department")
    for stage, name in coverage.stages:
        cells = ((department, coverage.count(stage, id)) for id, department in coverage.departments)
        busy = " · ".join(f"{department} {count}" for department, count in cells if count)
        screen.line(f"{name}: {busy or 'nobody'}", indent=2)
    if not coverage.stages:
        screen.line("The journey has no stages yet.", indent=2)
    silent = [department for id, department in coverage.departments if id in coverage.silent]
    if silent:
        screen.line(f"Registered nothing, so nobody knows: {', '.join(silent)}", style="dim", indent=2)
    if coverage.unplaced:
        screen.line(f"On no stage: {counted(coverage.unplaced, 'initiative')}", style="dim", indent=2)
