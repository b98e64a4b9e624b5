"""The fields of forms. A field's name is its block id; what a form reads back is in `handlers/forms.py`."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from slack_sdk.models.blocks import (
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    ExternalDataMultiSelectElement,
    ExternalDataSelectElement,
    InputBlock,
    InputInteractiveElement,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
    UserSelectElement,
)

from handlers.ids import Action
from handlers.views.text import plain
from planning.text import clean

INPUT_MAX = 3000
"""Slack takes no more in one text field."""
OPTION_MAX = 75
OPTIONS_MAX = 100
OPTIONS_BYTES = 11_000
"""Longer lists are asked for while typing, so that a form stays within what one reply may weigh."""

ChoiceOption = tuple[str, str]
"""The value and the text of an option."""


@dataclass(frozen=True, slots=True)
class Field:
    """What every kind of field has. A new `edition` makes Slack forget what stood in it, so that the form decides."""

    name: str
    label: str
    hint: str = ""
    optional: bool = True
    edition: int = 0

    @property
    def action_id(self) -> str:
        """The id of the element; it changes with the edition."""
        return edition_id(self.edition)

    def holding(self, element: InputInteractiveElement) -> InputBlock:
        """The input block of the field."""
        return InputBlock(
            block_id=self.name,
            label=plain(self.label),
            element=element,
            hint=plain(self.hint, 2000) if self.hint else None,
            optional=self.optional,
        )


def edition_id(edition: int) -> str:
    """The id of every element that was drawn in this edition."""
    return f"{Action.FIELD}_{edition}" if edition else str(Action.FIELD)


def text_field(field: Field, typed: str, *, most: int = INPUT_MAX, lines: bool = False, ghost: str = "") -> InputBlock:
    """A line of text, or several lines."""
    most = min(most, INPUT_MAX)
    element = PlainTextInputElement(
        action_id=field.action_id,
        initial_value=clean(typed)[:most] or None,
        multiline=lines,
        max_length=most,
        placeholder=plain(ghost, 150) if ghost else None,
    )
    return field.holding(element)


def number(field: Field, given: float | None, *, least: float | None = 0, decimals: bool = True) -> InputBlock:
    """A number, with decimals unless it counts something, not below `least`."""
    element = NumberInputElement(
        action_id=field.action_id,
        is_decimal_allowed=decimals,
        initial_value=None if given is None else _digits(given),
        min_value=None if least is None else _digits(least),
    )
    return field.holding(element)


def one_of(field: Field, options: Sequence[ChoiceOption], chosen: str | None, ghost: str = "Choose one") -> InputBlock:
    """A menu to choose one of a list, however long."""
    initial = next((_option(option) for option in options if option[0] == chosen), None)
    shared: dict[str, Any] = {
        "action_id": field.action_id,
        "placeholder": plain(ghost, 150),
        "initial_option": initial,
    }
    return field.holding(
        StaticSelectElement(options=_options(options), **shared)
        if fits_a_menu(options)
        else ExternalDataSelectElement(min_query_length=0, **shared)
    )


def any_of(field: Field, options: Sequence[ChoiceOption], chosen: Iterable[str], ghost: str = "Choose") -> InputBlock:
    """A menu to choose several of a list, however long."""
    wanted = set(chosen)
    initial = [_option(option) for option in options if option[0] in wanted][:OPTIONS_MAX]
    shared: dict[str, Any] = {
        "action_id": field.action_id,
        "placeholder": plain(ghost, 150),
        "initial_options": initial or None,
    }
    return field.holding(
        StaticMultiSelectElement(options=_options(options), **shared)
        if fits_a_menu(options)
        else ExternalDataMultiSelectElement(min_query_length=0, **shared)
    )


def radio(field: Field, options: Sequence[ChoiceOption], chosen: str | None = None) -> InputBlock:
    """A few answers, all in sight."""
    initial = next((_option(option) for option in options if option[0] == chosen), None)
    return field.holding(
        RadioButtonsElement(action_id=field.action_id, options=_options(options), initial_option=initial)
    )


def day(field: Field, chosen: date | None) -> InputBlock:
    """A day of the calendar."""
    return field.holding(
        DatePickerElement(action_id=field.action_id, initial_date=chosen.isoformat() if chosen else None)
    )


def time_of_day(field: Field, chosen: str) -> InputBlock:
    """A time, such as 09:00."""
    return field.holding(TimePickerElement(action_id=field.action_id, initial_time=chosen))


def person(field: Field, slack_id: str | None) -> InputBlock:
    """One member of the workspace."""
    return field.holding(
        UserSelectElement(action_id=field.action_id, initial_user=slack_id, placeholder=plain("Choose a person"))
    )


def people(field: Field, slack_ids: Sequence[str]) -> InputBlock:
    """Some members of the workspace."""
    return field.holding(
        UserMultiSelectElement(
            action_id=field.action_id, initial_users=list(slack_ids) or None, placeholder=plain("Choose people")
        )
    )


def channel(field: Field, channel_id: str | None) -> InputBlock:
    """A channel of our own company, public or private."""
    ours = ConversationFilter(include=["public", "private"], exclude_external_shared_channels=True)
    return field.holding(
        ConversationSelectElement(
            action_id=field.action_id,
            initial_conversation=channel_id,
            filter=ours,
            placeholder=plain("Choose a channel"),
        )
    )


def option_dicts(options: Sequence[ChoiceOption]) -> list[dict[str, Any]]:
    """Options as an answer to what was typed in a long menu."""
    return [_option(option).to_dict("text") for option in options[:OPTIONS_MAX]]


def fits_a_menu(options: Sequence[ChoiceOption]) -> bool:
    """Whether the list can stand in the form as it is; Slack refuses an empty one."""
    return 0 < len(options) <= OPTIONS_MAX and len(json.dumps(option_dicts(options))) <= OPTIONS_BYTES


def _digits(number: float) -> str:
    """Slack wants no exponent."""
    return f"{Decimal(repr(float(number))).normalize():f}"


def _options(options: Sequence[ChoiceOption]) -> list[Option]:
    return [_option(option) for option in options]


def _option(option: ChoiceOption) -> Option:
    value, text = option
    return Option(value=value, text=plain(text, OPTION_MAX))
