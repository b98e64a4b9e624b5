"""The digest on request: a private preview, and sending it now."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond

from handlers.carrying import carried
from handlers.commands import Call, Lister, Subcommand
from handlers.decisions import standings_of
from handlers.ids import Action
from handlers.views.digest_previews import SendNow, digest_preview, sent_message
from handlers.views.text import Message
from planning.digests.executive import preview
from planning.register import Registers
from planning.schedules.changing import may_send, send_now
from planning.schedules.values import ScheduleKind
from planning.workspace.values import Person


def register(app: App) -> None:
    """Listen to the button of the preview."""
    app.action(Action.DIGEST_SEND_NOW)(send_digest)


def show_digest(call: Call) -> Message:
    """`/cx digest`: what the digest would say now."""
    with call.registers.reading() as register:
        digest = preview(register, call.now)
        schedule = register.schedules.of(ScheduleKind.EXECUTIVE)
        standings = standings_of(register, digest, call.now)
    sends = schedule is not None and may_send(call.actor, schedule)
    return digest_preview(digest, schedule, sends, standings)


def send_digest(
    ack: Ack,
    action: dict[str, Any],
    actor: Person,
    registers: Registers,
    now: Callable[[], datetime],
    respond: Respond,
) -> None:
    """Have what was previewed sent within seconds; pressing twice sends once."""
    wanted = carried(SendNow, action["value"])
    with registers.writing() as register:
        schedule = send_now(register, wanted.schedule, wanted.previewed_at, actor, now())
    ack()
    respond(**sent_message(schedule).arguments(), replace_original=True)


COMMANDS: tuple[Subcommand, ...] = (
    Subcommand("digest", "digest", "The executives’ digest as it would be now", show_digest),
)
LISTS: Mapping[str, Lister] = {}
