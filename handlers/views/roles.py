"""The form of the roles that belong to no department."""

from collections.abc import Sequence

from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.fields import Field
from handlers.views.names import joined
from handlers.views.setup import settings_form
from planning.workspace.values import Person


def roles_form(executives: Sequence[Person], stewards: Sequence[Person]) -> View:
    """Who are the executives, and who the stewards."""
    reads = "They read the weekly digest, decide what the leads cannot, and may send a digest now."
    keeps = "They change these settings, and any initiative."
    return settings_form(
        Modal.ROLES,
        "People",
        [
            fields.people(Field("executives", "Executives", _hint(reads, executives)), _here(executives)),
            fields.people(Field("stewards", "Stewards", _hint(keeps, stewards), optional=False), _here(stewards)),
        ],
    )


def _here(people: Sequence[Person]) -> list[str]:
    return [person.slack_id for person in people if person.slack_id]


def _hint(does: str, people: Sequence[Person]) -> str:
    absent = joined((person.name for person in people if not person.slack_id), most=5)
    return f"{does} {absent} cannot be found in Slack; who is chosen here takes over." if absent else does
