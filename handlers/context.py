"""Who asks, in which workspace: put into Bolt's context before any listener runs.

Listeners take `registers`, `actor`, `now`, `encoder` and `upload` as arguments. They are factories and values, never
an open transaction: Bolt leaves a middleware before it enters the listener.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from handlers.patience import Patience
from handlers.uploading import Upload, no_upload
from planning.errors import NotAllowed
from planning.register import Registers
from planning.schedules.values import NextDue
from planning.similarity import Encoder
from planning.workspace.arriving import arrive
from planning.workspace.values import Person

NOT_OURS = "Concord answers the people of this workspace only. Ask one of them to look it up for you."
NOT_A_PERSON = "Concord works with people. A bot, or an account that is switched off, cannot take part."
NOT_FOR_GUESTS = "Concord answers members of this workspace, not its guests. Ask one of them to look it up for you."


@dataclass(frozen=True, slots=True)
class Services:
    """What the listeners are given; `registers_for` takes the Slack id of a team or organisation."""

    registers_for: Callable[[str], Registers]
    now: Callable[[], datetime]
    encoder: Encoder
    next_due: NextDue
    upload: Upload = no_upload
    patience: Patience = field(default_factory=Patience)


def register(app: App, services: Services) -> None:
    """Have every request of a person carry the register of its workspace and the person."""

    def know_actor(context: BoltContext, body: dict[str, Any], client: WebClient, next_: Callable[[], None]) -> None:
        if is_of_a_person(body):
            registers = services.registers_for(tenant_of(context))
            hand_in(context, registers)
            context["encoder"] = services.encoder
            context["upload"] = services.upload
            context["in_time"] = services.patience.answer
            context["behind"] = services.patience.behind
            context["actor"] = _actor(context, body, client, registers)
        elif is_about_a_person(body):
            hand_in(context, services.registers_for(tenant_of(context)))
        next_()

    def hand_in(context: BoltContext, registers: Registers) -> None:
        context["registers"] = registers
        context["now"] = services.now
        context["next_due"] = services.next_due

    app.middleware(know_actor)


def is_of_a_person(body: Mapping[str, Any]) -> bool:
    """Whether somebody did something that we answer; other events, such as an uninstallation, have no actor."""
    return body.get("type") != "event_callback" or body.get("event", {}).get("type") == "app_home_opened"


def is_about_a_person(body: Mapping[str, Any]) -> bool:
    """Whether Slack says that it knows something new of somebody, who did nothing here."""
    return body.get("type") == "event_callback" and body.get("event", {}).get("type") == "user_change"


def tenant_of(context: BoltContext) -> str:
    """The Slack id of the tenant: the organisation where the app is installed for all of it, otherwise the team."""
    tenant = context.enterprise_id if context.is_enterprise_install else context.team_id
    if not tenant:
        raise NotAllowed("Slack did not say which workspace this is. Please try again from a channel of yours.")
    return tenant


def meet(client: WebClient, registers: Registers, slack_id: str, tenant: str) -> Person:
    """The person with that Slack id, made known on first contact; Slack is asked outside any transaction."""
    with registers.reading() as register:
        known = register.people.by_slack(slack_id)
    if known is not None:
        return known
    user = client.users_info(user=slack_id)["user"]
    _check_ours(user, tenant)
    with registers.writing() as register:
        return arrive(register, slack_id, _name(user), str(user.get("tz") or "UTC"))


def _actor(context: BoltContext, body: Mapping[str, Any], client: WebClient, registers: Registers) -> Person:
    user = body.get("user")
    team = user.get("team_id") if isinstance(user, Mapping) else None
    if team and not context.is_enterprise_install and team not in (context.team_id, context.enterprise_id):
        raise NotAllowed(NOT_OURS)
    if not context.user_id:
        raise NotAllowed(NOT_A_PERSON)
    return meet(client, registers, context.user_id, tenant_of(context))


def _check_ours(user: Mapping[str, Any], tenant: str) -> None:
    if user.get("is_bot") or user.get("deleted") or user.get("id") == "USLACKBOT":
        raise NotAllowed(NOT_A_PERSON)
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        raise NotAllowed(NOT_FOR_GUESTS)
    homes = {user.get("team_id"), user.get("enterprise_user", {}).get("enterprise_id")} - {None}
    if user.get("is_stranger") or (homes and tenant not in homes):
        raise NotAllowed(NOT_OURS)


def _name(user: Mapping[str, Any]) -> str:
    profile = user.get("profile", {})
    names = (profile.get("real_name"), user.get("real_name"), profile.get("display_name"), user.get("name"))
    return next((str(name) for name in names if name), "")
