from dataclasses import replace
from datetime import date
from typing import Any

from icalendar import Calendar

from handlers.views.invitations import invitation_ics, invitation_name, invitation_title
from tests.builders import at
from tests.handlers.views.planned import largest, shown
from tests.planned import plan, terms

SESSION = plan(id=7, revision=3, terms=terms(session_at=at(3)))


def event(content: bytes) -> Any:
    (found,) = Calendar.from_ical(content).walk("VEVENT")
    return found


def test_a_session_is_an_hour_at_its_time() -> None:
    of = event(invitation_ics(shown(SESSION), "session", "main"))

    assert (of.decoded("dtstart"), of.decoded("dtend")) == (at(3), at(3, hours=1))
    assert str(of["summary"]) == "Plan together: CX-1 and CX-2"
    assert "Goal: One letter that says it all" in of["description"]


def test_a_session_that_moves_takes_the_place_of_the_one_before() -> None:
    moved = replace(SESSION, revision=4, terms=terms(session_at=at(4)))
    first, second = (event(invitation_ics(shown(one), "session", "main")) for one in (SESSION, moved))

    assert first["uid"] == second["uid"]
    assert (first["sequence"], second["sequence"]) == (6, 8)


def test_another_workspace_and_the_review_have_events_of_their_own() -> None:
    reviewed = replace(SESSION, terms=terms(session_at=at(3), review_on=date(2027, 6, 1)))
    made = (("session", "main"), ("session", "other"), ("review", "main"))

    assert len({event(invitation_ics(shown(reviewed), *one))["uid"] for one in made}) == 3


def test_a_review_takes_the_whole_day() -> None:
    of = event(invitation_ics(shown(plan(terms=terms(review_on=date(2027, 6, 1)))), "review", "main"))

    assert (of.decoded("dtstart"), of.decoded("dtend")) == (date(2027, 6, 1), date(2027, 6, 2))


def test_the_same_plan_gives_the_same_file_and_names_nobody() -> None:
    content = invitation_ics(shown(SESSION), "session", "main")

    assert content == invitation_ics(shown(SESSION), "session", "main")
    assert b"mailto" not in content.lower()
    assert b"ORGANIZER" not in content
    assert invitation_name(shown(SESSION), "session") == "plan-7-session.ics"


def test_typed_text_cannot_write_lines_of_its_own() -> None:
    sly = replace(SESSION, terms=terms(goal="Done; really,\nATTENDEE:mailto:x@y.z", session_at=at(3)))
    of = event(invitation_ics(shown(sly), "session", "main"))

    assert "attendee" not in of
    assert "Done; really,\nATTENDEE:mailto:x@y.z" in of["description"]


def test_the_largest_invitation_can_be_read() -> None:
    full = largest()

    assert event(invitation_ics(full, "session", "main"))["description"]
    assert len(invitation_title(full, "review")) <= 200
