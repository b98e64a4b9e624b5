"""Journeys to begin with, to be made one's own."""

from planning.journey.templates.general import GENERAL
from planning.journey.templates.life_event import LIFE_EVENT
from planning.journey.templates.subscription import SUBSCRIPTION
from planning.journey.templates.template import Template

__all__ = ["TEMPLATES", "Template", "template"]

TEMPLATES = (GENERAL, SUBSCRIPTION, LIFE_EVENT)


def template(key: str) -> Template | None:
    """The one with the key."""
    return next((one for one in TEMPLATES if one.key == key), None)
