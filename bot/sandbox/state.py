"""Everything the workspace knows, in one place, in memory."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from bot.sandbox.calls import Calls
from bot.sandbox.clock import Clock
from bot.sandbox.conversations import Conversation, Conversations, Kind
from bot.sandbox.errors import Json
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.hooks import Hooks
from bot.sandbox.ids import Ids
from bot.sandbox.manifest import Manifest
from bot.sandbox.messages import Message, Messages
from bot.sandbox.people import People, bot_person
from bot.sandbox.road import Road
from bot.sandbox.screens import Screens
from bot.sandbox.sockets import Sockets
from bot.sandbox.standing import Installation, Standing
from bot.sandbox.steps import Runs
from bot.sandbox.triggers import ResponseUrls, Triggers
from bot.sandbox.views import Views
from bot.sandbox.wire import Wire
from bot.sandbox.workspace import Channel, Person, WorkspaceFile


@dataclass(frozen=True)
class Pace:
    """How long Slack waits: for an answer, and before it sends an event again."""

    ack_seconds: float = 3.0
    retry_delays: tuple[float, ...] = (0.0, 60.0, 300.0)
    closing_seconds: float = 10.0


@dataclass(frozen=True)
class Shared:
    """What the workspaces of one provider have in common: they begin without the app, which is reached by HTTP."""

    clock: Clock
    signing_secret: str
    front: str
    """Where it is seen which of them have the app, and where it is installed."""


class Background:
    """Work that goes on after an answer was given; kept so that it is not lost half-way."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Let it run by itself."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def stop(self) -> None:
        """Give up what is still under way."""
        for task in self._tasks:
            task.cancel()


class Workspace:
    """A running local workspace."""

    def __init__(self, file: WorkspaceFile, url: str, pace: Pace, shared: Shared | None = None) -> None:
        self.file = file
        self.shared = shared
        self.url = url
        self.pace = pace
        self.manifest = Manifest.model_validate(file.app.manifest)
        self.clock = shared.clock if shared else Clock(file.starts_at)
        self.ids = Ids()
        self.people = People(_everyone(file, self.manifest), file)
        self.conversations = Conversations(self.ids, [self._conversation(each) for each in file.channels])
        self.messages = Messages()
        self.views = Views(self.ids, self.clock)
        self.files = Files(self.ids)
        self.triggers = Triggers(self.clock)
        self.response_urls = ResponseUrls(self.clock)
        self.calls = Calls()
        self.faults = Faults(self.ids)
        self.screens = Screens()
        self.sockets = Sockets(file.app.id, pace.ack_seconds, pace.closing_seconds, self._tell_connected)
        self.road = self._road()
        self.standing = Standing(file.app.app_token, None if shared else _whole(file, self.manifest))
        self.runs = Runs()
        self.background = Background()
        self.wire = Wire()
        self.sends_events_twice = False
        self._seed_messages()

    @property
    def bot_user(self) -> str:
        """The app's own user id."""
        return self.file.app.bot_user_id

    def serves(self, user_id: str) -> bool:
        """Whether the app answers a person here."""
        return self.standing.covers(self.people.team(user_id).id)

    def frame(self, user_id: str) -> Json:
        """Whose app a view belongs to, and where the person who sees it is."""
        app, enterprise, installation = self.file.app, self.file.enterprise, self.standing.installation
        team = self.people.team(user_id).id
        is_org_wide = installation is not None and installation.is_org_wide
        installed = enterprise.id if enterprise and is_org_wide else team
        return {"team_id": team, "app_installed_team_id": installed, "app_id": app.id, "bot_id": app.bot_id}

    def again(self) -> "Workspace":
        """A workspace as this one was in the beginning, at the same address."""
        fresh = Workspace(self.file, self.url, self.pace, self.shared)
        fresh.wire, fresh.screens = self.wire, self.screens
        return fresh

    async def end(self) -> None:
        """Let go of everything that is under way."""
        self.faults.clear()
        self.background.stop()
        await self.sockets.refuse()

    def _road(self) -> Road:
        if self.shared is None or self.manifest.settings.socket_mode_enabled:
            return self.sockets
        return Hooks(self.manifest, self.shared.signing_secret, self.pace.ack_seconds, self._tell_connected)

    def _conversation(self, seed: Channel) -> Conversation:
        kind = Kind.PRIVATE if seed.is_private else Kind.CHANNEL
        made = Conversation(seed.id, kind, seed.name, list(seed.members), int(self.clock.now()), seed.topic)
        made.is_archived, made.team = seed.is_archived, seed.team or self.file.team.id
        return made

    def _seed_messages(self) -> None:
        for channel in self.file.channels:
            for seed in channel.messages:
                bot_id = self.file.app.bot_id if seed.user == self.bot_user else None
                self.messages.add(Message(self.clock.stamp(), channel.id, seed.user, seed.text, bot_id))
            self.conversations.require(channel.id).read = dict.fromkeys(channel.members, self.clock.stamp())

    def _tell_connected(self, is_connected: bool) -> None:
        self.screens.tell_all({"type": "connected", "connected": is_connected})


def _whole(file: WorkspaceFile, manifest: Manifest) -> Installation:
    teams = frozenset(team.id for team in file.teams)
    return Installation(file.app.bot_token, manifest.scopes, teams, is_org_wide=file.enterprise is not None)


def _everyone(file: WorkspaceFile, manifest: Manifest) -> list[Person]:
    people = [person for person in file.people if person.id != file.app.bot_user_id]
    return [*people, bot_person(file, manifest)]
