"""What an app's manifest says it has, as Slack would install it."""

from collections.abc import Mapping

from pydantic import BaseModel, Field


class SlashCommand(BaseModel):
    """A slash command of the app."""

    command: str = Field(pattern=r"^/[^\sA-Z]+$", max_length=32)
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False
    url: str = ""


class Shortcut(BaseModel):
    """A global or a message shortcut of the app."""

    name: str
    type: str = Field(pattern="^(global|message)$")
    callback_id: str
    description: str = ""


class AppHome(BaseModel):
    """Which tabs the app's own space has."""

    home_tab_enabled: bool = False
    messages_tab_enabled: bool = True
    messages_tab_read_only_enabled: bool = False


class BotUser(BaseModel):
    """The name the app posts under."""

    display_name: str


class Features(BaseModel):
    """What people can see of the app."""

    app_home: AppHome = AppHome()
    bot_user: BotUser
    slash_commands: tuple[SlashCommand, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()


class Scopes(BaseModel):
    """What the bot token may do."""

    bot: frozenset[str] = frozenset()
    bot_optional: frozenset[str] = frozenset()


class OAuthConfig(BaseModel):
    """The app's permissions."""

    scopes: Scopes = Scopes()
    redirect_urls: tuple[str, ...] = ()


class EventSubscriptions(BaseModel):
    """The events the app wants, and where."""

    bot_events: frozenset[str] = frozenset()
    request_url: str = ""


class Interactivity(BaseModel):
    """Where the app is told what people press and send."""

    request_url: str = ""
    message_menu_options_url: str = ""


class Settings(BaseModel):
    """How the app is connected."""

    event_subscriptions: EventSubscriptions = EventSubscriptions()
    interactivity: Interactivity = Interactivity()
    org_deploy_enabled: bool = False
    socket_mode_enabled: bool = False


class Parameter(BaseModel):
    """A value that a step takes or gives."""

    type: str
    title: str = ""
    description: str = ""


class Parameters(BaseModel):
    """The values that a step takes or gives."""

    properties: dict[str, Parameter] = {}
    required: frozenset[str] = frozenset()

    def takes(self, values: Mapping[str, object]) -> bool:
        """Whether all that is required is there, and nothing else than what is known."""
        return self.required <= values.keys() <= self.properties.keys()

    def listed(self) -> list[dict[str, object]]:
        """As an event lists them."""
        return [
            {"name": name, "is_required": name in self.required, **each.model_dump()}
            for name, each in self.properties.items()
        ]


class Step(BaseModel):
    """A step that workflows can run."""

    title: str
    description: str = ""
    input_parameters: Parameters = Parameters()
    output_parameters: Parameters = Parameters()


class DisplayInformation(BaseModel):
    """The app's own name."""

    name: str = Field(max_length=35)
    description: str = ""


class Manifest(BaseModel):
    """The parts of an app manifest that this workspace acts on; the rest is let through."""

    display_information: DisplayInformation
    features: Features
    oauth_config: OAuthConfig = OAuthConfig()
    settings: Settings = Settings()
    functions: dict[str, Step] = {}

    @property
    def scopes(self) -> frozenset[str]:
        """The scopes that the app asks for."""
        return self.oauth_config.scopes.bot

    @property
    def events(self) -> frozenset[str]:
        """The events that are sent to the app."""
        return self.settings.event_subscriptions.bot_events

    def command(self, name: str) -> SlashCommand | None:
        """The slash command of that name, if the app has it."""
        return next((each for each in self.features.slash_commands if each.command == name), None)

    def shortcut(self, callback_id: str) -> Shortcut | None:
        """The shortcut with that callback id, if the app has it."""
        return next((each for each in self.features.shortcuts if each.callback_id == callback_id), None)
