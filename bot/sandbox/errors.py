"""How this workspace says no."""

from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """A refusal in Slack's own error words, with places to look at where there are any."""

    def __init__(self, error: str, *messages: str, **fields: Any) -> None:
        super().__init__(error, *messages)
        self.error = error
        self.messages = messages
        self.fields = fields

    def body(self) -> Json:
        """The answer as the Web API writes it."""
        notes = {"response_metadata": {"messages": list(self.messages)}} if self.messages else {}
        return {"ok": False, "error": self.error, **self.fields, **notes}


class Refused(Exception):
    """Something a person tried that cannot be done; its text is meant for that person."""
