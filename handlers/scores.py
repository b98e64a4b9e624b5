"""The scoreboard on request, and the picture that goes with it."""

import logging
from datetime import datetime, timedelta

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.commands import Call, Subcommand
from handlers.uploading import Upload
from handlers.views.scores import METRICS_SHOWN, scores_message
from handlers.views.text import Message
from handlers.views.trends import TITLE, panels, trends_key, trends_png
from planning.register import Register, Registers
from planning.scoreboard.composing import scoreboard
from planning.scoreboard.values import Scoreboard
from planning.workspace.rights import Right, may

KEPT_FOR = timedelta(days=90)
DELETED_AT_ONCE = 20
"""Old pictures that go when a new one comes; more of them go with the next."""

log = logging.getLogger(__name__)


def show_scores(call: Call) -> Message:
    """`/cx scores`."""
    with call.registers.reading() as register:
        board = scoreboard(register, call.now)
        picture = known_trends(register, board)
    return scores_message(board, picture, steward=may(call.actor, Right.SET_UP))


def known_trends(register: Register, board: Scoreboard) -> str | None:
    """The picture of the trends, if Slack has it already."""
    shown = panels(board, METRICS_SHOWN)
    return register.pictures.file(trends_key(shown)) if shown else None


def upload_trends(registers: Registers, client: WebClient, board: Scoreboard, upload: Upload, now: datetime) -> bool:
    """Draw and upload the picture and remember it, in the place of old ones; whether there is a new one."""
    shown = panels(board, METRICS_SHOWN)
    file = upload(client, lambda: trends_png(shown), TITLE) if shown else None
    if file is None:
        return False
    with registers.writing() as register:
        register.pictures.keep(trends_key(shown), file, now)
        old = register.pictures.forget(now - KEPT_FOR, DELETED_AT_ONCE)
    for each in old:
        _delete(client, each)
    return True


def _delete(client: WebClient, file: str) -> None:
    """Of a picture that Slack keeps, the log tells: it is in nobody's way."""
    try:
        client.files_delete(file=file)
    except (SlackApiError, OSError) as error:
        log.warning("old picture not deleted: %s", error)


COMMANDS: tuple[Subcommand, ...] = (
    Subcommand("scores", "scores", "How the metrics, agreement and fixes stand, and what to do", show_scores),
)
