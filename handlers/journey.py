"""The journey on request, and what was changed in it."""

from collections.abc import Mapping

from handlers.commands import Call, Lister, Subcommand
from handlers.views.journey import JourneyShown, journey_list
from handlers.views.journey_changes import CHANGES, JOURNEY, VERSION, VERSIONS, changes_list, version_list
from handlers.views.names import Names
from handlers.views.paging import Place
from handlers.views.text import Message
from planning.agreement.ratifying import newest_tally, ratified_line
from planning.register import Page
from planning.text import one_line

HISTORY = ("history", "changes")


def show_journey(call: Call) -> Message:
    """`/cx journey`, or `/cx journey history`."""
    if one_line(call.text).casefold() in HISTORY:
        return list_changes(call, "", 0)
    return list_stages(call, "", 0)


def list_stages(call: Call, _query: str, offset: int) -> Message:
    """A page of the stages."""
    with call.registers.reading() as register:
        portfolio = register.initiatives.portfolio(call.now)
        shown = JourneyShown(
            portfolio.journey,
            Names.of(register),
            call.actor,
            {stage: by_department.total() for stage, by_department in portfolio.on_stages.items()},
            portfolio.metrics,
            next(iter(register.journeys.versions(1)), None),
            ratified_line(register, newest_tally(register)),
        )
    return journey_list(shown, offset)


def list_changes(call: Call, _query: str, offset: int) -> Message:
    """A page of the versions, the newest first."""
    with call.registers.reading() as register:
        versions = register.journeys.versions(KEPT_SHOWN)
        names = Names.of(register)
    page = Page(tuple(versions[offset : offset + VERSIONS]), len(versions), offset)
    return changes_list(page, names, call.actor.zone)


def list_version(call: Call, query: str, offset: int) -> Message:
    """A page of what one version changed."""
    with call.registers.reading() as register:
        versions = register.journeys.versions(KEPT_SHOWN)
        names = Names.of(register)
    found = next(((at, one) for at, one in enumerate(versions) if str(one.version) == query), None)
    if found is None:
        return list_changes(call, "", 0)
    back = Place(list=CHANGES, offset=found[0] // VERSIONS * VERSIONS)
    return version_list(found[1], names, call.actor.zone, offset, back)


KEPT_SHOWN = 120
"""As many versions can be paged through; the export of the audit log has the rest."""

COMMANDS = (
    Subcommand("journey", "journey [history]", "The stages, who looks after each, and what was changed", show_journey),
)
LISTS: Mapping[str, Lister] = {JOURNEY: list_stages, CHANGES: list_changes, VERSION: list_version}
