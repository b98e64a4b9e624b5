"""What is off because Slack was not allowed to give Concord a permission, as stewards see it on the Home tab."""

from collections.abc import Mapping

from slack_sdk.models.blocks import Block

from handlers.views.text import bullets, code, context, header, rich

ADVICE = "To switch it on, a Slack administrator installs Concord again and allows these permissions."


def off_blocks(off: Mapping[str, str]) -> list[Block]:
    """Each permission that is missing, with what is off without it; nothing where all were given."""
    if not off:
        return []
    rows = [(code(scope), f"  {what}") for scope, what in off.items()]
    return [header("Off, because a permission is missing"), rich(bullets(rows)), context(ADVICE)]
