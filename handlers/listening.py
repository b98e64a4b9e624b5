"""All that Concord listens to in Slack, in one place."""

from collections.abc import Mapping
from itertools import chain

from slack_bolt import App

from handlers import (
    agreement,
    audit,
    checkins,
    claims,
    commands,
    context,
    decisions,
    digests,
    errors,
    events,
    finding_lists,
    findings,
    home,
    installations,
    journey,
    metrics,
    needs,
    options,
    outcomes,
    plans,
    preferences,
    privacy,
    problems,
    proposals,
    rules,
    schedule_forms,
    schedules,
    scores,
    season,
    setup,
    steps,
    verdicts,
)
from handlers.commands import Lister, Subcommand
from handlers.context import Services
from handlers.ids import Action
from handlers.initiatives import editing, listing, planned, saving, showing, starting

COMMANDS: tuple[Subcommand, ...] = (
    *needs.COMMANDS,
    *starting.COMMANDS,
    *listing.COMMANDS,
    *showing.COMMANDS,
    *editing.COMMANDS,
    *finding_lists.COMMANDS,
    *proposals.COMMANDS,
    *season.COMMANDS,
    *plans.COMMANDS,
    *problems.COMMANDS,
    *preferences.COMMANDS,
    *schedules.COMMANDS,
    *rules.COMMANDS,
    *digests.COMMANDS,
    *scores.COMMANDS,
    *agreement.COMMANDS,
    *metrics.COMMANDS,
    *journey.COMMANDS,
    *setup.COMMANDS,
    *audit.COMMANDS,
    *privacy.COMMANDS,
)
"""The sub-commands in the order in which help lists them."""

LISTS: Mapping[str, Lister] = dict(
    chain(
        needs.LISTS.items(),
        listing.LISTS.items(),
        finding_lists.LISTS.items(),
        digests.LISTS.items(),
        journey.LISTS.items(),
        claims.LISTS.items(),
        plans.LISTS.items(),
        problems.LISTS.items(),
        metrics.LISTS.items(),
        audit.LISTS.items(),
    )
)
"""Every list that has pages, by name."""

TOPICS = (
    plans,
    starting,
    saving,
    showing,
    editing,
    planned,
    findings,
    verdicts,
    proposals,
    season,
    problems,
    rules,
    digests,
    decisions,
    outcomes,
    checkins,
    home,
    events,
    installations,
    preferences,
    privacy,
    schedules,
    schedule_forms,
    agreement,
    metrics,
    setup,
    steps,
    options,
)


def register_all(app: App, services: Services) -> None:
    """Have the app answer everything that Slack sends for us."""
    context.register(app, services)
    errors.register(app)
    commands.register(app, COMMANDS, LISTS)
    claims.register(app, LISTS)
    for topic in TOPICS:
        topic.register(app)
    app.action(Action.OPEN_LINK)(lambda ack: ack())
