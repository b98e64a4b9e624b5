"""`concord season`."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.opening import opened, workspace_of
from bot.printing import Screen
from bot.proposing.solving import solved
from bot.settings import Settings
from handlers.views.changes import before_after
from handlers.views.pack import NO_PLAN, pack_pdf
from planning.proposals.asking import NO_WISHES
from planning.season.opening import about_quarter
from planning.season.pack import compose_pack
from planning.season.quarters import quarter_typed


def run_season(settings: Settings, workspace: str | None, quarter: str, to: Path, *, as_json: bool) -> None:
    """Compute the plan of a quarter and write the pack; nothing is sent and nothing is written to the register."""
    screen, now = Screen(), datetime.now(UTC)
    with opened(settings) as database, workspace_of(database, workspace).reading() as register:
        name, portfolio = quarter_typed(register, quarter, now), register.initiatives.portfolio(now)
        pack = compose_pack(register, name, None, now)
    screen.aside(f"Computing the plan of {name}…")
    best = solved(portfolio, about_quarter(name), None, NO_WISHES, progress=lambda _best: None, stop=lambda: False)
    planned = replace(pack, best=best, stages=tuple(stage.with_plan(best) for stage in pack.stages))
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(pack_pdf(planned))
    if as_json:
        figures = {"quarter": name, "initiatives": pack.in_quarter, "overlaps": pack.open_overlaps}
        screen.json({**figures, "possible": best.possible, "changes": len(best.changes), "file": str(to)})
    else:
        screen.line(f"The pack of {name} is in {to}.")
        screen.line(before_after(best) or NO_PLAN, style="dim")
