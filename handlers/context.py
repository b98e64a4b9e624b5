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
from slack_sdk.errors import SlackApiError

from handlers.patience import Patience
from handlers.uploading import Upload, no_upload
from planning.errors import NotAllowed
from planning.installations.notices import Notices
from planning.register import Registers
from planning.schedules.values import NextDue
from planning.similarity import Encoder
from planning.workspace.arriving import arrive
from planning.workspace.departing import come_back
from planning.workspace.values import Person

UNKNOWN = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
"""What Slack says of an id that is nobody’s, or nobody’s whom we may know."""
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
    notices: Notices | None = None
    """Told of ends of installations; None where there are none, but a token of the one workspace."""
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
            context["actor"] = _actor(context, body, client, registers, services.now())
        elif is_about_a_person(body):
            hand_in(context, services.registers_for(tenant_of(context)))
        elif is_of_a_workflow(body):
            hand_in(context, services.registers_for(tenant_of(context)))
            context["encoder"] = services.encoder
        context["notices"] = services.notices
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


def is_of_a_workflow(body: Mapping[str, Any]) -> bool:
    """Whether a workflow runs a step of ours; for whom it does that stands in what the step was given."""
    return body.get("type") == "event_callback" and body.get("event", {}).get("type") == "function_executed"


def tenant_of(context: BoltContext) -> str:
    """The Slack id of the tenant: the organisation where the app is installed for all of it, otherwise the team."""
    whole = context.is_enterprise_install or not context.team_id  # of some events Slack names the organisation only
    tenant = context.enterprise_id if whole else context.team_id
    if not tenant:
        raise NotAllowed("Slack did not say which workspace this is. Please try again from a channel of yours.")
    return tenant


def meet(
    client: WebClient, registers: Registers, slack_id: str, tenant: str, acts_at: datetime | None = None
) -> Person:
    """The person with that Slack id, made known on first contact; Slack is asked outside any transaction.

    Who had left and acts (`acts_at`), for Slack says that the account is on again, takes part again.
    """
    with registers.reading() as register:
        known = register.people.by_slack(slack_id)
    if known is not None and known.left_at is None:
        return known
    user = profile_of(client, slack_id)
    _check_ours(user, tenant)
    if known is not None and acts_at is None:
        raise NotAllowed(f"{known.name} was away. Ask them to open Concord’s Home tab once, then choose them again.")
    with registers.writing() as register:
        if known is not None and acts_at is not None:
            return come_back(register, known, acts_at)
        return arrive(register, slack_id, _name(user), str(user.get("tz") or "UTC"))


def profile_of(client: WebClient, slack_id: str) -> Mapping[str, Any]:
    """What Slack says of somebody. Raises NotAllowed where it knows nobody by that id."""
    try:
        user: Mapping[str, Any] = client.users_info(user=slack_id)["user"]
    except SlackApiError as error:
        if error.response.get("error") not in UNKNOWN:
            raise
        raise NotAllowed(NOT_OURS) from error
    return user


def is_member(user: Mapping[str, Any]) -> bool:
    """Whether Slack says that the account is switched on, and no guest's."""
    return not any(user.get(flag) for flag in ("deleted", "is_restricted", "is_ultra_restricted"))


def _actor(
    context: BoltContext, body: Mapping[str, Any], client: WebClient, registers: Registers, now: datetime
) -> Person:
    team = body.get("user", {}).get("team_id")
    if team and not context.enterprise_id and team != context.team_id:  # in an organisation one may be in several
        raise NotAllowed(NOT_OURS)
    if not context.user_id:
        raise NotAllowed(NOT_A_PERSON)
    return meet(client, registers, context.user_id, tenant_of(context), now)


def _check_ours(user: Mapping[str, Any], tenant: str) -> None:
    if user.get("is_bot") or user.get("deleted") or user.get("id") == "USLACKBOT":
        raise NotAllowed(NOT_A_PERSON)
    if not is_member(user):
        raise NotAllowed(NOT_FOR_GUESTS)
    organisation = user.get("enterprise_user") or {}  # whose people may be in several of its teams
    homes = {user.get("team_id"), organisation.get("enterprise_id"), *(organisation.get("teams") or ())} - {None}
    if user.get("is_stranger") or (homes and tenant not in homes):
        raise NotAllowed(NOT_OURS)


def _name(user: Mapping[str, Any]) -> str:
    profile = user.get("profile", {})
    names = (profile.get("real_name"), user.get("real_name"), profile.get("display_name"), user.get("name"))
    return next((str(name) for name in names if name), "")
