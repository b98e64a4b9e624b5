"""The port through which a picture reaches Slack."""

from collections.abc import Callable

from slack_sdk import WebClient

Upload = Callable[[WebClient, Callable[[], bytes], str], str | None]
"""Draws a picture and uploads it under a title: its file's id, or None when it cannot be had."""


def no_upload(_client: WebClient, _draw: Callable[[], bytes], _title: str) -> None:
    """Where pictures cannot be uploaded, the words stand alone."""
