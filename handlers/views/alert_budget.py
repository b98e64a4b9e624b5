"""The form of the alert budget."""

from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.fields import Field
from handlers.views.setup import settings_form
from handlers.views.text import paragraph
from planning.workspace.values import ALERT_BUDGETS

TITLE = "Alerts"
ABOUT = (
    "Leads get a card for each overlap, in their own hours. What goes beyond the budget of a week, and what comes in a "
    "burst, is told in one summary, which counts as one of them."
)


def alert_budget_form(budget: int) -> View:
    """As many alerts as a person or a channel gets in a week."""
    hint = f"From {ALERT_BUDGETS[0]}, only the summary, to {ALERT_BUDGETS[-1]}."
    asked = Field("budget", "At most so many a week for each person or channel", hint, optional=False)
    number = fields.number(asked, budget, least=ALERT_BUDGETS[0], decimals=False)
    return settings_form(Modal.ALERTS, TITLE, [paragraph(ABOUT), number])
