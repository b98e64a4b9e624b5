"""`concord overlaps` and `concord gaps`."""

from datetime import UTC, datetime

from bot.commands.opening import Fault, opened, workspace_of
from bot.printing import Screen, counted
from bot.settings import Settings
from planning.findings.values import Finding, Kind, State
from planning.register import Page, Register
from planning.transfer.naming import Known, known_in
from planning.transfer.telling import finding_told

STANDING = (State.OPEN, State.SNOOZED, State.SETTLED, State.DISMISSED)


def run_findings(
    settings: Settings,
    kind: Kind,
    workspace: str | None,
    department: str | None,
    limit: int,
    *,
    every: bool,
    as_json: bool,
) -> None:
    """Print the findings of a kind, strongest first."""
    screen, now = Screen(), datetime.now(UTC)
    with opened(settings) as database, workspace_of(database, workspace).reading() as register:
        known = known_in(register)
        ids = _departments(register, department)
        states = STANDING if every else (State.OPEN,)
        page = register.findings.page(kind, now, limit, states=states, departments=ids)
    if as_json:
        told = [finding_told(finding, known, finding.state(now)) for finding in page.items]
        screen.json({"total": page.total, "items": told})
    else:
        _print(screen, kind, page, known, now)


def _departments(register: Register, name: str | None) -> tuple[int, ...]:
    if name is None:
        return ()
    known = register.departments.all()
    found = tuple(department.id for department in known if department.name.casefold() == name.strip().casefold())
    if not found:
        raise Fault(f"There is no department “{name}”. There is: {', '.join(d.name for d in known) or 'none yet'}.")
    return found


def _print(screen: Screen, kind: Kind, page: Page[Finding], known: Known, now: datetime) -> None:
    if not page.total:
        screen.line(f"No {kind}s. Either all is well, or not enough is registered yet to see them.")
        return
    screen.line(f"{counted(page.total, str(kind))}, the strongest first", style="bold")
    for finding in page.items:
        _print_one(screen, finding, known, now)
    if page.hidden:
        screen.out.print()
        screen.line(f"… and {page.hidden:,} more; --limit {page.total} shows all.")


def _print_one(screen: Screen, finding: Finding, known: Known, now: datetime) -> None:
    told = finding_told(finding, known, finding.state(now))
    screen.out.print()
    for member in told["members"]:
        if member["kind"] == "initiative" and finding.found.rule.kind is Kind.OVERLAP:
            screen.line(f"{member['id']} {member['title']} ({member['department']})", style="bold")
    for sentence in told["sentences"]:
        screen.line(sentence, indent=2)
    days = (now - finding.opened_at).days
    since = f"for {counted(days, 'day')}" if days > 0 else "since today"
    screen.line(f"{_RULES[finding.found.rule]} · {told['state']} {since}", style="dim", indent=2)


_RULES = {
    "duplicate_effort": "duplicate effort",
    "contact_collision": "contact collision",
    "stage_without_work": "stage without work",
    "single_department_stage": "one department alone",
    "initiative_incomplete": "initiative incomplete",
}
