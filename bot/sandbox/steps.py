"""The app's steps in workflows: each run has a token of its own, which is good until the app says how it ended."""

from dataclasses import dataclass, field
from secrets import token_hex
from typing import Literal

from bot.sandbox.errors import Json, SlackError
from bot.sandbox.manifest import Step


@dataclass
class Run:
    """A run of a step."""

    id: str
    step: Step
    token: str
    state: Literal["running", "completed", "failed"] = "running"
    outputs: Json = field(default_factory=dict)
    error: str = ""


class Runs:
    """Every run that was ever begun."""

    def __init__(self) -> None:
        self._begun: dict[str, Run] = {}

    def begin(self, id: str, step: Step) -> Run:
        """A fresh run."""
        self._begun[id] = run = Run(id, step, f"xwfp-{token_hex(16)}")
        return run

    def under_way(self, id: str) -> Run:
        """A run that has not ended."""
        run = self._begun.get(id)
        if run is None or run.state != "running":
            raise SlackError("access_denied")
        return run

    def summaries(self) -> list[Json]:
        """What became of each, in order."""
        return [
            {"id": run.id, "state": run.state, "outputs": run.outputs, "error": run.error}
            for run in self._begun.values()
        ]
