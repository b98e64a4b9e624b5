import pytest

from planning.initiatives.values import Status
from planning.transfer.statuses import status_of


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("On Track", Status.ACTIVE),
        ("Delayed", Status.ACTIVE),
        ("Amber/Red", Status.ACTIVE),
        ("In Delivery", Status.ACTIVE),
        ("Operation and Maintenance", Status.ACTIVE),
        ("In production: more than 1 year", Status.ACTIVE),
        ("Initiated", Status.PLANNED),
        ("Planned (not in production)", Status.PLANNED),
        ("NOT_STARTED", Status.PLANNED),
        ("Ideation", Status.IDEA),
        ("On hold - budget", Status.PAUSED),
        ("Retired", Status.DONE),
        ("Closed", Status.DONE),
        ("Canceled", Status.CANCELLED),
        ("Won't do", Status.CANCELLED),
    ],
)
def test_what_others_call_a_status_is_understood(text: str, status: Status) -> None:
    assert status_of(text) is status


@pytest.mark.parametrize("status", Status)
def test_our_own_words_mean_themselves(status: Status) -> None:
    assert status_of(str(status)) is status


def test_a_sentence_is_no_status() -> None:
    assert status_of("Successfully tested but not in production.") is None
