"""The sample company as people and channels of a local Slack workspace."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bot import sample
from bot.manifest import manifest

BOT_TOKEN = "xoxb-local-workspace"
APP_TOKEN = "xapp-local-workspace"
BOT_USER = "U0CONCORD"


@dataclass(frozen=True)
class Cast:
    """The company's own file, and who else takes part in the demo."""

    company: dict[str, Any]
    roles: dict[str, Any]

    @cached_property
    def people(self) -> dict[str, dict[str, Any]]:
        """Name → Slack person, in the order of the departments, executives first."""
        entries = [self._person(e["name"], e["title"]) for e in self.roles["executives"]]
        for department in self.company["departments"]:
            entries += [self._person(name, self._title(name, department)) for name in department["people"]]
        return {entry["real_name"]: entry for entry in entries}

    @cached_property
    def channels(self) -> dict[str, dict[str, Any]]:
        """Name → Slack channel: the guide, the executives' and one for each department."""
        everybody = [entry["id"] for entry in self.people.values()]
        executives = [self.people[name]["id"] for name in (*self.executives, self.roles["steward"])]
        guide = [{"user": BOT_USER, "text": text} for text in self.roles["guide"]]
        found = [
            self._channel(**self.roles["guide_channel"], members=everybody, messages=guide),
            self._channel(**self.roles["executive_channel"], members=executives),
            *(self._department_channel(department) for department in self.company["departments"]),
        ]
        return {channel["name"]: channel for channel in found}

    @property
    def executives(self) -> tuple[str, ...]:
        """The executives' names."""
        return tuple(entry["name"] for entry in self.roles["executives"])

    def workspace(self) -> dict[str, Any]:
        """The file that the local workspace starts from."""
        return {
            "team": self.roles["team"],
            "starts_at": self.roles["starts_at"],
            "people": list(self.people.values()),
            "channels": list(self.channels.values()),
            "app": {
                "id": "A0CONCORD",
                "bot_id": "B0CONCORD",
                "bot_user_id": BOT_USER,
                "bot_token": BOT_TOKEN,
                "app_token": APP_TOKEN,
                "manifest": manifest(),
            },
        }

    def _person(self, name: str, title: str) -> dict[str, Any]:
        handle = re.sub(r"[^a-z]+", ".", name.casefold()).strip(".")
        id = "U0" + re.sub(r"[^A-Z]", "", name.upper())[:12]
        return {"id": id, "name": handle, "real_name": name, "title": title, "tz": self.company["timezone"]}

    def _title(self, name: str, department: dict[str, Any]) -> str:
        if name == self.roles["steward"]:
            return f"CX steward, {department['name']}"
        return f"Lead of {department['name']}" if name == department["lead"] else department["name"]

    def _department_channel(self, department: dict[str, Any]) -> dict[str, Any]:
        members = [self.people[name]["id"] for name in department["people"]]
        return self._channel(department["channel"].lstrip("#"), department["name"], members)

    def _channel(
        self, name: str, topic: str, members: list[str], messages: list[dict[str, str]] | None = None
    ) -> dict[str, Any]:
        id = "C0" + re.sub(r"[^A-Z]", "", name.upper())
        return {
            "id": id,
            "name": name,
            "topic": topic,
            "members": [*members, BOT_USER],
            "messages": messages or [],
        }


def insurer() -> Cast:
    """The insurer that was written for this product."""
    folder = sample_folder()
    company = json.loads((folder / "company.json").read_text(encoding="utf-8"))
    return Cast(company, json.loads((folder / "cast.json").read_text(encoding="utf-8")))


def sample_folder() -> Path:
    """Where the sample company lies."""
    return Path(sample.__file__).parent / "insurer"
