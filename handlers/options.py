"""Menus too long to stand in a form: their options, by what was typed."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from string import digits
from typing import Any
from zoneinfo import available_timezones

from slack_bolt import Ack, App

from handlers.ids import Action
from handlers.settings import KEPT
from handlers.views.fields import ChoiceOption, option_dicts
from handlers.views.leaving import TARGET
from handlers.views.names import name_options, stage_options
from handlers.views.proposal_forms import KEEPING, PINNED, initiative_options
from handlers.views.setup_menus import MENUS as SETUP_MENUS
from handlers.views.setup_menus import Menu, menu_options
from planning.register import Register, Registers
from planning.text import one_line

TYPED_MAX = 100


def register(app: App) -> None:
    """Listen to what is typed in the menus of forms, and in the menus of the settings."""
    app.options(re.compile(rf"{Action.FIELD}(_\d+)?"))(offer_options)
    for menu in SETUP_MENUS:
        app.options(menu.action)(offer_options)


def offer_options(ack: Ack, payload: dict[str, Any], registers: Registers) -> None:
    """Those of the field that have what was typed in their text."""
    typed = one_line(str(payload.get("value", "")))[:TYPED_MAX].casefold()
    offered = MENUS.get(str(payload.get("block_id")).rstrip(digits), _nothing)
    with registers.reading() as register:
        options = offered(register)
    ack(options=option_dicts([option for option in options if typed in option[1].casefold()]))


def zone_options() -> list[ChoiceOption]:
    """The time zones that have a place, and UTC."""
    return [(zone, zone.replace("_", " ")) for zone in _zones()]


@cache
def _zones() -> Sequence[str]:
    return ["UTC", *sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))]


def _stages(register: Register) -> list[ChoiceOption]:
    return stage_options(register.journeys.current())


def _stage_names(register: Register) -> list[ChoiceOption]:
    return [(name, name) for _, name in _stages(register)]


def _departments(register: Register) -> list[ChoiceOption]:
    return name_options({department.id: department.name for department in register.departments.all()})


def _segments(register: Register) -> list[ChoiceOption]:
    return name_options(register.journeys.current().segment_names())


def _touchpoints(register: Register) -> list[ChoiceOption]:
    return name_options(register.journeys.current().touchpoint_names())


def _metrics(register: Register) -> dict[int, str]:
    return {metric.id: metric.name for metric in register.metrics.all()}


def _pools(register: Register) -> dict[int, str]:
    return {pool.id: pool.name for pool in register.pools.all()}


def _problems(register: Register) -> dict[int, str]:
    return {problem.id: problem.name for problem in register.problems.all()}


def _initiatives(register: Register) -> list[ChoiceOption]:
    return initiative_options([one for one in register.initiatives.all() if one.live])


def _named(names: Callable[[Register], Mapping[int, str]]) -> Callable[[Register], list[ChoiceOption]]:
    return lambda register: name_options(names(register))


def _picked(menu: Menu) -> Callable[[Register], list[ChoiceOption]]:
    return lambda register: menu_options(menu, KEPT[menu.action](register))


def _nothing(_register: Register) -> list[ChoiceOption]:
    return []


def _all_zones(_register: Register) -> list[ChoiceOption]:
    return zone_options()


MENUS: Mapping[str, Callable[[Register], list[ChoiceOption]]] = {
    "stages": _stages,
    "department": _departments,
    "segments": _segments,
    "segment": _segments,
    "touchpoints": _touchpoints,
    "touchpoint": _touchpoints,
    "zone": _all_zones,
    "metric": _named(_metrics),
    "feeds": _named(_metrics),
    "first": _named(_metrics),
    "second": _named(_metrics),
    "stage": _stages,
    "before": _stages,
    "after": _stages,
    "giver": _departments,
    "receiver": _departments,
    "parent": _segments,
    TARGET: _stage_names,
    "pool": _named(_pools),
    "serves": _named(_problems),
    PINNED: _initiatives,
    **{field: _initiatives for field, _ in KEEPING.values()},
    **{menu.action: _picked(menu) for menu in SETUP_MENUS},
}
"""Block id → options; of fields that are numbered, without the number."""
