from datetime import datetime

from handlers.views.routes import outlook_lines
from planning.alerts.foreseeing import Outlook
from planning.alerts.routing import Audience, Route
from planning.alerts.values import Reason
from planning.outbox.values import Address
from tests.builders import NOW, at, department, lead

MIA, BO = lead(1, id=1, name="Mia"), lead(2, id=2, name="Bo", slack_id="U0BO", zone="Asia/Tokyo")
DEPARTMENTS = {1: department(), 2: department(id=2, name="Service", channel=None)}
ALL = Audience(DEPARTMENTS, {1: MIA, 2: BO}, {})


def told(person: int, due_at: datetime | None = NOW) -> Route:
    return Route(Reason.LEADS, Address.person(f"U{person}"), due_at, person, person)


def lines(*saving: Route, coordinating: tuple[Route, ...] = ()) -> list[str]:
    return outlook_lines(Outlook(ALL, saving, coordinating), NOW, MIA.zone)


def test_each_is_named_with_why_and_when_in_their_own_zone() -> None:
    channel = Route(Reason.CHANNEL, Address.channel("C0MARKET"), NOW, 1)

    assert lines(told(1), told(2, at(hours=15)), channel) == [
        "Saving tells Mia (leads Marketing), now; Bo (leads Service), Tuesday 9:00 their time; #marketing, now."
    ]


def test_a_day_far_off_is_said_with_its_date() -> None:
    assert lines(told(1, at(20))) == ["Saving tells Mia (leads Marketing), 21 March 2027 10:00."]


def test_who_is_told_of_what_is_coordinated_is_said_apart() -> None:
    assert lines(coordinating=(told(1),)) == [
        "Saving tells nobody else.",
        "“Coordinate” also tells Mia (leads Marketing), now.",
    ]


def test_who_is_not_told_is_said_with_the_reason() -> None:
    assert lines(told(1, None), Route(Reason.LEADS, None, None, 2, 2)) == [
        "Saving tells nobody else.",
        "Not told: Mia (leads Marketing), who switched alerts off; Bo (leads Service), who cannot be found in Slack.",
    ]


def test_nobody_is_nobody() -> None:
    assert lines() == ["Saving tells nobody else."]


def test_a_crowd_is_cut() -> None:
    crowd = [Route(Reason.LEADS, Address.person(f"U{n}"), NOW, 1, 1) for n in range(12)]

    assert lines(*crowd)[0].endswith("; …and 4 more.")
