"""Why a form comes back instead of being saved; everything typed stays in it."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from handlers.carrying import NOT_OURS
from handlers.forms import field_errors
from handlers.keeping import keep_form, refuse
from planning.errors import FieldError, NotFound


class HeldUp(Exception):
    """The form is shown again before anything is saved; `view` says why."""

    def __init__(self, view: dict[str, Any]) -> None:
        super().__init__("held up")
        self.view = view


FAULTS = (ValidationError, FieldError, NotFound, HeldUp)
"""What `answer_fault` answers."""


def answer_fault(ack: Callable[..., object], view: Mapping[str, Any], error: Exception) -> None:
    """Say at its field, or on top of the form, why it was not saved."""
    if isinstance(error, ValidationError):
        refuse(ack, view, FieldError(field_errors(error) or {"": NOT_OURS}))
    elif isinstance(error, FieldError):
        refuse(ack, view, error)
    elif isinstance(error, HeldUp):
        ack(response_action="update", view=error.view)
    else:
        ack(response_action="update", view=keep_form(view, f"Not saved. {error}"))
