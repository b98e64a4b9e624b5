"""The keys of programs that send readings, as a form."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block, ButtonElement, ConfirmObject, SectionBlock
from slack_sdk.models.views import View

from handlers.ids import Action, Modal
from handlers.views import fields
from handlers.views.fields import Field
from handlers.views.loading import told_modal
from handlers.views.setup import settings_form
from handlers.views.text import bold, code, context, line, paragraph, plain, rich
from planning.text import NAME_MAX, clip
from planning.workspace.hours import said_in
from planning.workspace.keys import ApiKey

TITLE = "API keys"
_NAME_SHOWN = 60


def keys_form(keys: Sequence[ApiKey], makers: Mapping[int, str], zone: str) -> View:
    """The keys that let a program in, each with its button to revoke it, and the name of a new one."""
    about = "With a key a program of yours can send readings of metrics, and nothing else. Make one for each program."
    listed = [_row(key, makers.get(key.made_by, "somebody"), zone) for key in keys]
    name = Field("name", "Name of a new key", "Such as the program that will use it.", optional=False)
    blocks: list[Block] = [
        paragraph(about),
        *(listed or [context("There are none yet.")]),
        fields.text_field(name, "", most=NAME_MAX),
    ]
    return settings_form(Modal.KEY, TITLE, blocks, submit="Make a key")


def made_key(name: str, secret: str) -> View:
    """The secret, this once."""
    said_once = rich(
        line("The key ", bold(clip(name, _NAME_SHOWN)), " is made. Copy it now:"),
        line(code(secret)),
        line("Concord keeps only a fingerprint of it and cannot show it again. If it gets lost, make a new one."),
    )
    use = rich(line("Send it with each call: ", code("POST /api/readings"), ", ", code("Authorization: Bearer cx_…")))
    return told_modal(TITLE, [said_once, use], close="Done")


def _row(key: ApiKey, maker: str, zone: str) -> Block:
    used = f"last used {said_in(zone, key.used_at)}" if key.used_at else "not used yet"
    name = clip(key.name, _NAME_SHOWN)
    return SectionBlock(
        block_id=f"key_{key.id}",
        text=plain(f"{name}\nMade {said_in(zone, key.made_at)} by {clip(maker, _NAME_SHOWN)}, {used}"),
        accessory=ButtonElement(
            text=plain("Revoke"),
            action_id=Action.KEY_REVOKE,
            value=str(key.id),
            style="danger",
            confirm=ConfirmObject(
                title=plain("Revoke this key?", 100),
                text=plain(f"Whatever uses {name} cannot send readings any more. This cannot be undone.", 300),
                confirm=plain("Revoke", 30),
                deny=plain("Keep it", 30),
            ),
        ),
    )
