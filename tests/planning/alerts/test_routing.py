from dataclasses import replace
from datetime import time

import pytest

from planning.alerts.preferences import Notice, Preferences
from planning.alerts.routing import Audience, Route, direct_routes, routes
from planning.alerts.values import Reason
from planning.outbox.values import Address
from planning.workspace.values import AlertsTo, Channel, Person
from tests.builders import NOW, at, department, lead, person
from tests.planned import ADA

BO = lead(2, id=2, name="Bo Lind", slack_id="U0BO")
ANN = lead(1, id=3, name="Ann Away", slack_id=None)


def audience(*wanted: Preferences, people: tuple[Person, ...] = (lead(1, id=1), BO), **fields: object) -> Audience:
    one = replace(department(), **fields)  # type: ignore[arg-type]
    departments = {1: one, 2: department(id=2, name="Service", channel=None)}
    return Audience(departments, {one.id: one for one in people}, {one.person: one for one in wanted})


def overlaps(audience: Audience, actor: Person | None = None, handed: int | None = None) -> list[Route]:
    return routes(audience, (1, 2), Notice.OVERLAPS, actor, NOW, handed)


def test_the_leads_of_each_department_are_told_at_once_in_their_hours() -> None:
    told = overlaps(audience())

    assert [(one.address, one.reason, one.due_at) for one in told] == [
        (ADA, Reason.LEADS, NOW),
        (Address.person("U0BO"), Reason.LEADS, NOW),
    ]


def test_nobody_is_told_of_the_own_act() -> None:
    assert [one.person for one in overlaps(audience(), actor=BO)] == [1]


def test_a_department_that_prefers_its_channel_is_told_there() -> None:
    told = overlaps(audience(alerts_to=AlertsTo.CHANNEL, channel=Channel("both", "C0BOTH")), actor=BO)

    assert told == [Route(Reason.CHANNEL, Address.channel("C0BOTH"), NOW, 1)]


def test_a_channel_of_which_only_the_name_is_known_is_not_written_to() -> None:
    told = overlaps(audience(alerts_to=AlertsTo.CHANNEL, channel=Channel("both")), actor=BO)

    assert [one.person for one in told] == [1]


@pytest.mark.parametrize(
    ("wanted", "due_at"),
    [
        (Preferences(1, frozenset({Notice.OVERLAPS})), None),
        (Preferences(1, frozenset({Notice.JOINED})), NOW),
        (Preferences(1, begins=time(12)), at(hours=2)),
        (Preferences(1, quiet_until=at(7).date()), at(6, hours=23)),
    ],
    ids=["switched off", "something else switched off", "later today", "quiet for a week"],
)
def test_what_a_person_wants_decides_when(wanted: Preferences, due_at: object) -> None:
    assert overlaps(audience(wanted))[0].due_at == due_at


def test_who_is_not_in_slack_has_no_address() -> None:
    told = overlaps(audience(people=(ANN,)))

    assert [(one.person, one.address, one.due_at) for one in told] == [(3, None, None)]


def test_a_colleague_to_whom_it_was_handed_is_told_first_and_once() -> None:
    told = overlaps(audience(), handed=2)

    assert [(one.person, one.reason) for one in told] == [(2, Reason.HANDED), (1, Reason.LEADS)]


def test_people_are_told_directly_but_not_the_actor() -> None:
    told = direct_routes(audience(), [person(id=1), BO], Notice.JOINED, BO, NOW)

    assert [one.address for one in told] == [ADA]
