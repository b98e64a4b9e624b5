"""Where a text names somebody: by their Slack id, or by their name as whole words."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from planning.data.values import GONE
from planning.workspace.values import Person


@dataclass(frozen=True)
class Marks:
    """What stands for somebody in texts; either may be empty."""

    slack_id: str
    name: str

    @classmethod
    def of(cls, person: Person, *, named: bool = True) -> Self:
        """Those of a person; without their name where somebody else is called the same."""
        return cls(person.slack_id or "", person.name if named else "")

    @property
    def likely(self) -> list[str]:
        """What a stored text holds that may name them: JSON writes some letters otherwise."""
        written = [json.dumps(mark)[1:-1] for mark in (self.slack_id, self.name)]
        return [mark for mark in dict.fromkeys((self.slack_id, self.name, *written)) if mark]

    def found_in(self, value: object) -> bool:
        """Whether a text, or one within a JSON value, names them."""
        return self.without(value) != value

    def without(self, value: object) -> object:
        """The value with what names them replaced, wherever in it that stands; a list loses their Slack id.

        What they noted goes too, where a copy says that it was they.
        """
        if isinstance(value, str):
            return self._replaced(value)
        if isinstance(value, list | tuple):
            return [self.without(one) for one in value if not self.slack_id or one != self.slack_id]
        if isinstance(value, dict):
            theirs = bool(self.name) and value.get("who") == self.name
            return {key: "" if theirs and key == "note" else self.without(one) for key, one in value.items()}
        return value

    def _replaced(self, text: str) -> str:
        return self._pattern.sub(GONE, text) if self._pattern else text

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        marks = [re.escape(mark) for mark in (self.slack_id, self.name) if mark]
        return re.compile(rf"(?<!\w)(?:{'|'.join(marks)})(?!\w)") if marks else None
