"""Whether a request is Slack's. It is asked of the bytes as they came, before anything reads them."""

import re
from collections.abc import Mapping

from slack_sdk.signature import SignatureVerifier

TIMESTAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"
_TIME = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNED = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)


class Signatures:
    """Slack's own check, guarded from what it stumbles over: times that are no numbers, words that are no ASCII."""

    def __init__(self, secret: str) -> None:
        self._verifier = SignatureVerifier(secret)

    def is_right(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """Whether the body was signed by Slack within the last five minutes."""
        timestamp, signature = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
        if not _TIME.fullmatch(timestamp) or not _SIGNED.fullmatch(signature):
            return False
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except UnicodeDecodeError:
            return False
