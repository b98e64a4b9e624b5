"""A workspace's settings in words, what is missing first; for stewards with the buttons that change them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.ids import Action
from handlers.views.journey import neighbour_buttons
from handlers.views.names import in_order, joined
from handlers.views.setup_menus import MENUS, steward_blocks
from handlers.views.text import (
    Message,
    Part,
    bold,
    bullets,
    channel_link,
    context,
    escape_within,
    header,
    line,
    plain,
    rich,
)
from planning.journey.values import Journey, Stage
from planning.schedules.values import Schedule
from planning.text import clip
from planning.workspace.values import ALERT_BUDGET, AlertsTo, Department

SHOWN = 20
"""Departments and stages listed; more are counted."""
NAMES_SHOWN = 8
NAME_SHOWN = 80
LEAD_SHOWN = RECORD_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Settings:
    """What stewards decide. `leads` holds the names of the leads by department."""

    stewards: tuple[str, ...]
    departments: tuple[Department, ...]
    leads: dict[int, tuple[str, ...]]
    journey: Journey
    schedule: Schedule | None
    executives: tuple[str, ...] = ()
    kept: Mapping[Action, Mapping[int, str]] = field(default_factory=dict)
    """The names, by id, of what each menu offers, in its order."""
    alert_budget: int = ALERT_BUDGET

    @property
    def missing(self) -> list[str]:
        """What Concord still needs, most needed first."""
        leaderless = [department.name for department in self.departments if not self.leads.get(department.id)]
        needed = (
            (not self.journey.stages, "The customer's journey has no stages yet."),
            (not self.departments, "There are no departments yet."),
            (bool(leaderless), f"Nobody leads {joined(leaderless, most=5)}: overlaps there reach nobody."),
            (self.schedule is None, "The weekly digest has no channel and no time yet."),
        )
        return [told for lacking, told in needed if lacking]


def settings_message(settings: Settings, steward: bool) -> Message:
    """The settings as a private reply."""
    spoken = [*settings.missing, *(_plainly(row) for row in _rows(settings))]
    return Message(escape_within("\n".join(["Settings", *spoken])), settings_blocks(settings, steward))


def settings_blocks(settings: Settings, steward: bool) -> list[Block]:
    """The settings, with buttons for stewards; while there is no steward, the button to become one."""
    return [
        header("Settings"),
        *_missing(settings.missing),
        rich(bullets(_rows(settings))),
        *(_departments(settings)),
        *_foot(settings, steward),
    ]


def claim_blocks() -> list[Block]:
    """The first step of the set-up: somebody takes it on."""
    claim = ButtonElement(text=plain("I look after this"), action_id=Action.SETUP_CLAIM, style="primary")
    return [
        rich(
            line(bold("Somebody has to look after Concord here.")),
            line(
                "Three short steps: the stages of the customer's journey, the departments with their leads, and "
                "where and when the weekly digest goes. Whoever presses the button does them and can change them later."
            ),
        ),
        ActionsBlock(block_id="claim", elements=[claim]),
    ]


def _missing(missing: Sequence[str]) -> list[Block]:
    if not missing:
        return [context("Everything that Concord needs is set up.")]
    return [rich(line(bold("Still missing")), bullets([(told,) for told in missing]))]


def _rows(settings: Settings) -> list[Sequence[Part]]:
    stages = joined((clip(stage.name, NAME_SHOWN) for stage in _ordered(settings.journey)), most=SHOWN)
    return [
        (bold("Looked after by: "), joined(settings.stewards, most=5) or "nobody yet"),
        (bold("Executives: "), joined(settings.executives, most=5) or "nobody yet"),
        (bold("Journey: "), stages or "no stages yet"),
        (bold("Customers: "), _few(in_order(settings.journey.segment_names())) or "no segments yet"),
        (bold("Touchpoints: "), _few(in_order(settings.journey.touchpoint_names())) or "none yet"),
        (bold("Departments: "), str(len(settings.departments)) if settings.departments else "none yet"),
        *_kept(settings),
        (bold("Executives’ digest: "), *_when(settings.schedule)),
        (bold("Alerts: "), f"at most {settings.alert_budget} a week for each person or channel"),
    ]


def _kept(settings: Settings) -> list[Sequence[Part]]:
    listed = [(menu.listed, settings.kept.get(menu.action, {})) for menu in MENUS if menu.listed]
    return [(bold(f"{heading}: "), _few(names) or "none yet") for heading, names in listed]


def _few(names: Mapping[int, str]) -> str:
    return joined((clip(name, RECORD_SHOWN) for name in names.values()), most=NAMES_SHOWN)


def _when(schedule: Schedule | None) -> Sequence[Part]:
    if schedule is None:
        return ("not yet",)
    return (f"{schedule} in ", channel_link(schedule.channel), ", paused" if schedule.paused else "")


def _departments(settings: Settings) -> list[Block]:
    if not settings.departments:
        return []
    rows = [_department(department, settings.leads) for department in settings.departments[:SHOWN]]
    hidden = len(settings.departments) - SHOWN
    more: list[Block] = [context(f"…and {hidden} more departments")] if hidden > 0 else []
    return [rich(bullets(rows)), *more]


def _department(department: Department, leads: dict[int, tuple[str, ...]]) -> Sequence[Part]:
    led = joined((clip(name, LEAD_SHOWN) for name in leads.get(department.id, ())), most=3)
    alerts: Sequence[Part] = ("; alerts go to the leads" if led else "; alerts reach nobody",)
    if department.alerts_to is AlertsTo.CHANNEL and department.channel is not None:
        alerts = ("; alerts go to ", _channel(department))
    return (bold(clip(department.name, NAME_SHOWN)), f": led by {led}" if led else ": nobody leads it yet", *alerts)


def _channel(department: Department) -> Part:
    channel = department.channel
    if channel is None:
        return ""
    return channel_link(channel.id) if channel.id else f"#{clip(channel.name, NAME_SHOWN)}"


def _foot(settings: Settings, steward: bool) -> list[Block]:
    if not settings.stewards:
        return claim_blocks()
    if not steward:
        return [context(f"Stewards change these: {joined(settings.stewards, most=5)}.")]
    neighbours = neighbour_buttons(settings.journey)
    more: list[Block] = [ActionsBlock(block_id="neighbours", elements=neighbours)] if neighbours else []
    return [*steward_blocks(settings.kept), *more]


def _plainly(row: Sequence[Part]) -> str:
    return "".join(part if isinstance(part, str) else str(part.get("text", "the channel")) for part in row)


def _ordered(journey: Journey) -> list[Stage]:
    return sorted(journey.stages, key=lambda stage: stage.position)
