"""`concord outbox list`, `resend` and `drop`. What messages say is never printed."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from bot.commands.opening import Fault, opened, workspace_of
from bot.printing import Screen, counted
from bot.settings import Settings
from db.database import Database
from planning.outbox.resending import drop, send_again
from planning.outbox.values import Delivery, Message
from planning.register import Page, Register, Registers

ALL_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages to print: in these states (none: all), so many, after so many newer ones."""

    states: tuple[Delivery, ...]
    limit: int
    offset: int

    @classmethod
    def of(cls, state: str | None, limit: int, offset: int) -> Self:
        """By the name of a state, or “stuck” for what failed or is in doubt."""
        if state == "stuck":
            return cls((Delivery.FAILED, Delivery.UNCERTAIN), limit, offset)
        return cls((Delivery(state),) if state else (), limit, offset)


def run_list(settings: Settings, workspace: str | None, wanted: Wanted, *, as_json: bool) -> None:
    """Print what waits, is under way, was sent or did not arrive, the newest first."""
    screen, now = Screen(), datetime.now(UTC)
    with opened(settings) as database:
        outbox = database.outbox(_id_of(database, workspace))
        page, held = outbox.page(wanted.limit, wanted.offset, wanted.states), outbox.held(now)
    if as_json:
        holds = {method: until.isoformat() for method, until in held.items()}
        screen.json({"total": page.total, "held": holds, "items": [_told(message) for message in page.items]})
        return
    for method, until in held.items():
        what = "everything" if method == "*" else method
        screen.line(f"Slack refuses {what} until {until:%H:%M:%S} UTC; what waits goes then.", style="bold")
    _print(screen, page, wanted, now)


def run_resend(
    settings: Settings, workspace: str | None, ids: Sequence[int], *, all_failed: bool, as_json: bool
) -> None:
    """Have messages that failed or are in doubt sent again; `all_failed` takes every one that failed."""
    with opened(settings) as database:
        registers = workspace_of(database, workspace)
        chosen = _failed(database, workspace) if all_failed else ids
        done = _each(registers, chosen, send_again)
    _report(chosen, done, "sent again", "failed or is in doubt", as_json=as_json)


def run_drop(settings: Settings, workspace: str | None, ids: Sequence[int], *, as_json: bool) -> None:
    """Never send messages that wait, failed or are in doubt."""

    def dropped(register: Register, id: int, now: datetime) -> bool:
        return drop(register, id, now, waiting=True)

    with opened(settings) as database:
        done = _each(workspace_of(database, workspace), ids, dropped)
    _report(ids, done, "dropped", "waits, failed or is in doubt", as_json=as_json)


def _id_of(database: Database, workspace: str | None) -> str:
    with workspace_of(database, workspace).reading() as register:
        return register.workspaces.current().id


def _failed(database: Database, workspace: str | None) -> list[int]:
    outbox, found = database.outbox(_id_of(database, workspace)), list[int]()
    while (page := outbox.page(ALL_AT_ONCE, len(found), (Delivery.FAILED,))).items:
        found.extend(message.id for message in page.items)
    return sorted(found)


def _each(registers: Registers, ids: Collection[int], change: Callable[[Register, int, datetime], bool]) -> list[int]:
    now = datetime.now(UTC)
    with registers.writing() as register:
        return [id for id in ids if change(register, id, now)]


def _report(chosen: Collection[int], done: Collection[int], what: str, state: str, *, as_json: bool) -> None:
    left = sorted(set(chosen) - set(done))
    if as_json:
        Screen().json({"done": sorted(done), "left": left})
    else:
        Screen().line(f"{counted(len(done), 'message')} {'is' if len(done) == 1 else 'are'} {what}.")
    if left:
        numbers = ", ".join(map(str, left[:10])) + (f" and {len(left) - 10} more" if len(left) > 10 else "")
        raise Fault(f"Left as they are: {numbers}. No message with such a number {state}; see `concord outbox list`.")


def _told(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "state": str(message.state),
        "kind": str(message.posting.kind),
        "key": message.posting.delivery_key,
        "where": str(message.posting.address),
        "queued_at": message.created_at.isoformat(),
        "not_before": message.not_before and message.not_before.isoformat(),
        "attempts": message.attempts,
        "edit_waits": message.state is Delivery.SENT and message.shown < message.wanted,
        "reason": message.error,
    }


def _print(screen: Screen, page: Page[Message], wanted: Wanted, now: datetime) -> None:
    if not page.total:
        screen.line("There is no such message." if wanted.states else "Nothing was ever queued.")
        return
    screen.line(f"{counted(page.total, 'message')}, the newest first", style="bold")
    for message in page.items:
        _print_one(screen, message, now)
    if page.hidden:
        screen.out.print()
        screen.line(f"… and {page.hidden:,} more; --offset {wanted.offset + len(page.items)} goes on.")


def _print_one(screen: Screen, message: Message, now: datetime) -> None:
    tries = f", {counted(message.attempts, 'attempt')}" if message.attempts else ""
    screen.line(f"{message.id:>6} {message.state}  {message.posting.delivery_key} → {message.posting.address}")
    screen.line(f"queued {_ago(now - message.created_at)} ago{tries}{_next(message, now)}", style="dim", indent=7)
    if message.error:
        screen.line(message.error, style="dim", indent=7)


def _next(message: Message, now: datetime) -> str:
    waits = message.state in (Delivery.PENDING, Delivery.UNCERTAIN)
    if not waits or message.not_before is None or message.not_before <= now:
        return ""
    return f", next {'look' if message.state is Delivery.UNCERTAIN else 'try'} in {_ago(message.not_before - now)}"


def _ago(passed: timedelta) -> str:
    """A span in its largest unit."""
    seconds = max(0, int(passed.total_seconds()))
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= length:
            return counted(seconds // length, unit)
    return counted(seconds, "second")
