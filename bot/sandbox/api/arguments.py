"""What a caller sent with a method, whichever way it was encoded."""

import json
from typing import Any

from bot.sandbox.errors import Json, SlackError

TRUE = frozenset({"1", "true", "True"})


class Arguments:
    """The arguments of one call: form fields are strings, JSON fields already have their type."""

    def __init__(self, values: Json) -> None:
        self.values = {name: value for name, value in values.items() if value is not None}

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        """A text, or the default."""
        value = self.values.get(name, default)
        return value if isinstance(value, str) else str(value)

    def required(self, name: str, error: str = "invalid_arguments") -> str:
        """A text that must be there."""
        value = self.text(name)
        if not value:
            raise SlackError(error, f"[ERROR] missing required field: {name}")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Yes or no; forms write 1 or true."""
        value = self.values.get(name, default)
        return value if isinstance(value, bool) else str(value) in TRUE

    def number(self, name: str, default: int) -> int:
        """A whole number, or the default."""
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            raise SlackError("invalid_arguments", f"[ERROR] must be a number: {name}") from None

    def structure(self, name: str, error: str = "invalid_arguments") -> Any:
        """A list or an object; forms send it as JSON text."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise SlackError(error, f"[ERROR] must be valid JSON: {name}") from None

    def names(self, name: str) -> list[str]:
        """A list of ids, as a list or with commas between."""
        value = self.values.get(name, "")
        if isinstance(value, list):
            return [str(each) for each in value]
        return [each.strip() for each in str(value).split(",") if each.strip()]
