"""Pictures on their way to a local Slack workspace."""

from collections.abc import Callable

from slack_sdk import WebClient

from bot.app import slack_client
from bot.delivery.pictures import WAITS_S, sent, shown, wait_for
from bot.delivery.worker import Deliverer
from bot.sandbox.server import running
from db.registers import SqlRegisters
from handlers.views.charts import coverage_png
from planning.outbox.values import Address, MessageKind
from tests.bot.sandbox.world import BOT_TOKEN, GENERAL, SCOPES, Control, workspace_file
from tests.builders import at, coverage, digest
from tests.handlers.views.boards import scoreboard
from tests.scheduled import done_digest


def png() -> bytes:
    """A small picture."""
    return coverage_png(coverage())


def test_a_digest_brings_coverage_and_trends_as_pictures(
    deliverer: Deliverer,
    queue: Callable[..., None],
    registers: SqlRegisters,
    control: Control,
) -> None:
    with registers.writing() as register:
        scored = done_digest(register, digest(scores=scoreboard()), at(1))
    queue(MessageKind.DIGEST, Address.channel(GENERAL), scored.id)
    deliverer.deliver_once()

    kinds = [block["type"] for block in control.messages()[-1]["blocks"]]
    assert (kinds.count("image"), kinds.count("table")) == (2, 1)


def test_a_picture_that_is_ready_has_an_id(client: WebClient) -> None:
    file = shown(client, png, "Coverage")

    assert client.files_info(file=str(file))["file"]["mimetype"] == "image/png"


def test_a_picture_that_cannot_be_drawn_is_left_out(client: WebClient) -> None:
    def broken() -> bytes:
        raise RuntimeError("no ink")

    assert shown(client, broken, "Coverage") is None


def test_a_picture_that_slack_will_not_have_is_left_out() -> None:
    scopes = tuple(scope for scope in SCOPES if not scope.startswith("files"))
    with running(workspace_file(scopes=scopes)) as sandbox:
        assert shown(slack_client(BOT_TOKEN, sandbox.api_url), png, "Coverage") is None


def test_pictures_are_waited_for_together_and_not_for_ever(client: WebClient, control: Control) -> None:
    files = [sent(client, png(), title) for title in ("Coverage", "Trends")]
    waited: list[float] = []
    control.fault("files.info", "slow", times=100)
    wait_for(client, files, waited.append)

    assert tuple(waited) == WAITS_S
