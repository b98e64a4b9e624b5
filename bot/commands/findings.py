"""`concord overlaps` and `concord gaps`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.commands.opening import Fault, opened, workspace_of
from bot.commands.silence import print_silence, silence_told
from bot.printing import Screen, counted
from bot.settings import Settings
from planning.findings.values import Finding, Kind, Rule, State
from planning.portfolio.silence import overall, silences
from planning.register import Page, Register
from planning.transfer.naming import Known, known_in
from planning.transfer.telling import finding_told

STANDING = (State.OPEN, State.SNOOZED, State.SETTLED, State.DISMISSED)
SHOWN = 8
"""As many members and as many reasons of one finding are printed for people; the others are counted."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings: of a kind, perhaps of one department or rule (by name); `every` adds those that are decided."""

    kind: Kind
    department: str | None
    rule: str | None
    limit: int
    every: bool = False


def run_findings(settings: Settings, workspace: str | None, wanted: Wanted, *, as_json: bool) -> None:
    """Print the findings of a kind, strongest first; of gaps also what silence leaves unknown."""
    screen, now = Screen(), datetime.now(UTC)
    with opened(settings) as database, workspace_of(database, workspace).reading() as register:
        known, page = known_in(register), _page(register, wanted, now)
        portfolio = register.initiatives.portfolio(now) if wanted.kind is Kind.GAP else None
    if as_json:
        told = [finding_told(finding, known, finding.state(now)) for finding in page.items]
        silence = silence_told(overall(portfolio), silences(portfolio)) if portfolio else {}
        screen.json({"total": page.total, "items": told, **silence})
        return
    _print(screen, wanted.kind, page, known, now)
    if portfolio:
        print_silence(screen, overall(portfolio), silences(portfolio))


def _page(register: Register, wanted: Wanted, now: datetime) -> Page[Finding]:
    return register.findings.page(
        wanted.kind,
        now,
        wanted.limit,
        states=STANDING if wanted.every else (State.OPEN,),
        departments=_departments(register, wanted.department),
        rules=_rules(wanted.kind, wanted.rule),
    )


def _departments(register: Register, name: str | None) -> tuple[int, ...]:
    if name is None:
        return ()
    known = register.departments.all()
    found = tuple(department.id for department in known if department.name.casefold() == name.strip().casefold())
    if not found:
        raise Fault(f"There is no department “{name}”. There is: {', '.join(d.name for d in known) or 'none yet'}.")
    return found


def _rules(kind: Kind, name: str | None) -> tuple[Rule, ...]:
    if name is None:
        return ()
    known = [rule for rule in Rule if rule.kind is kind]
    found = tuple(rule for rule in known if rule == name.strip().casefold().replace(" ", "_"))
    if not found:
        raise Fault(f"No rule for {kind}s is called “{name}”. There is: {', '.join(known)}.")
    return found


def _print(screen: Screen, kind: Kind, page: Page[Finding], known: Known, now: datetime) -> None:
    if not page.total:
        screen.line(f"No {kind}s. Either all is well, or not enough is registered yet to see them.")
        return
    first = "the worst" if kind is Kind.GAP else "the strongest"
    screen.line(f"{counted(page.total, str(kind))}, {first} first", style="bold")
    for finding in page.items:
        _print_one(screen, finding, known, now)
    if page.hidden:
        screen.out.print()
        screen.line(f"… and {page.hidden:,} more; --limit {page.total} shows all.")


def _print_one(screen: Screen, finding: Finding, known: Known, now: datetime) -> None:
    told = finding_told(finding, known, finding.state(now))
    members = [member for member in told["members"] if member["kind"] == "initiative"]
    screen.out.print()
    if finding.found.rule.kind is Kind.OVERLAP:
        named = [f"{one['id']} {one.get('title', '')} ({one.get('department', 'withdrawn')})" for one in members]
        _some(screen, named, "initiatives", style="bold")
    _some(screen, told["reasons"], "facts; --json has them all", indent=2)
    days = (now - finding.opened_at).days
    since = f"for {counted(days, 'day')}" if days > 0 else "since today"
    words = (finding.found.rule.replace("_", " "), f"{told['state']} {since}", *_number(finding))
    screen.line(" · ".join(words), style="dim", indent=2)


def _number(finding: Finding) -> Sequence[str]:
    """What `concord propose --overlap` asks for; of a gap nothing can be proposed."""
    return [f"number {finding.id}"] if finding.found.rule.kind is Kind.OVERLAP else []


def _some(screen: Screen, lines: Sequence[str], what: str, *, style: str = "", indent: int = 0) -> None:
    """The first few; what is left is counted."""
    shown = lines if len(lines) <= SHOWN + 1 else lines[:SHOWN]
    for line in shown:
        screen.line(line, style=style, indent=indent)
    if len(lines) > len(shown):
        screen.line(f"… and {len(lines) - len(shown)} more {what}", style=style, indent=indent)
