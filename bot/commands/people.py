"""`concord person export` and `delete`: what is kept about one person."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from bot.commands.opening import Fault, opened, workspace_of
from bot.printing import Screen, counted
from bot.settings import Settings
from planning.data.erasing import Erasure, erase, foresee
from planning.data.telling import told_of
from planning.register import Register
from planning.workspace.values import Person

_NOT_YET = "Nothing was changed. To delete it, run the same with --yes."
_TEXTS = "Texts of people that name them; edit them in Slack where that must go, too:"
_NAMESAKES = "Others are called the same, so the name is left in copies, for it may be theirs: only the Slack id goes."


def run_person_export(settings: Settings, slack_id: str, workspace: str | None) -> None:
    """Everything that is tied to them or names them, as one JSON document."""
    with opened(settings) as database, workspace_of(database, workspace).reading() as register:
        Screen().json(told_of(register, _person(register, slack_id), datetime.now(UTC), texts=True))


def run_person_delete(settings: Settings, slack_id: str, workspace: str | None, *, yes: bool, as_json: bool) -> None:
    """Say what would go, and with `yes` have it go, all in one transaction."""
    screen = Screen()
    with opened(settings) as database:
        registers = workspace_of(database, workspace)
        with registers.writing() if yes else registers.reading() as register:
            person = _person(register, slack_id)
            erasure = foresee(register, person)
            if yes:
                erase(register, person, None, datetime.now(UTC))
    if as_json:
        screen.json({"deleted": yes, **asdict(erasure)})
        return
    _print(screen, erasure, yes=yes)


def _print(screen: Screen, erasure: Erasure, *, yes: bool) -> None:
    _list(screen, "Deleted:" if yes else "Would go, with name, Slack id, zone and roles:", erasure.going)
    _list(screen, "Stays, by its table, with “Somebody who left”:", erasure.staying)
    _list(screen, _TEXTS, erasure.naming)
    if erasure.namesakes:
        screen.line(_NAMESAKES)
    screen.line(
        "What Slack itself keeps is Slack’s: messages that arrived there stay until somebody deletes them there."
    )
    if not yes:
        screen.line(_NOT_YET)


def _list(screen: Screen, heading: str, counts: Mapping[str, int]) -> None:
    screen.line(heading, style="bold")
    for what, count in counts.items():
        screen.line(f"{what}: {counted(count, 'row')}", indent=2)
    if not counts:
        screen.line("nothing", indent=2)


def _person(register: Register, slack_id: str) -> Person:
    person = register.people.by_slack(slack_id)
    if person is None:
        raise Fault(f"Nobody here has the Slack id {slack_id}. In Slack, “Copy member ID” in a profile gives it.")
    return person
