from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from db.registers import SqlRegisters
from handlers.home import come_back, open_home
from handlers.ids import Action
from handlers.views.home import Home, home_view
from handlers.views.names import Names
from handlers.views.settings import Settings
from planning.agreement.answers import NamedStages
from planning.agreement.consulting import ask_departments
from planning.agreement.ratifying import take_stances
from planning.digests.values import Cell
from planning.installations.scopes import OFF
from planning.journey.values import Journey
from planning.outbox.values import Delivery
from planning.register import Page
from planning.workspace.values import Role
from tests.asked import poll
from tests.builders import (
    NOW,
    at,
    coverage,
    department,
    initiative,
    lead,
    message,
    metric,
    reading,
    schedule,
    stage,
    steward,
)
from tests.handlers.initiatives.registered import registered
from tests.handlers.slack import Desk, buttons, drawn, light, spoken
from tests.handlers.views.boards import largest_scoreboard
from tests.handlers.views.test_needs import largest_needs

PROBLEM = "Customers call twice because the letter does not say what to do."


def home(desk: Desk, tab: str = "home") -> dict[str, Any]:
    open_home({"tab": tab}, desk.client, desk.registers, desk.actor, desk.now)
    return drawn(desk.client.views_publish.call_args.kwargs["view"])


@dataclass
class Uploads:
    """Slack's place for pictures: counts them, and may fail."""

    files: list[str] = field(default_factory=list)
    works: bool = True

    def __call__(self, _client: WebClient, draw: Callable[[], bytes], _title: str) -> str | None:
        """The next picture."""
        if not self.works:
            return None
        assert draw()
        self.files.append(f"F{len(self.files) + 1}")
        return self.files[-1]


def opened(desk: Desk, uploads: Uploads) -> list[list[str]]:
    """Open the tab; the pictures of each view that was published for it."""
    before = len(desk.client.views_publish.call_args_list)
    open_home({"tab": "home"}, desk.client, desk.registers, desk.actor, desk.now, uploads)
    calls = desk.client.views_publish.call_args_list[before:]
    return [pictures(drawn(call.kwargs["view"])) for call in calls]


def pictures(view: Any) -> list[str]:
    """The files that a view shows."""
    return [block["slack_file"]["id"] for block in view["blocks"] if block["type"] == "image"]


@pytest.fixture
def measured(company: SqlRegisters) -> SqlRegisters:
    """Satisfaction was read twice; somebody looks after the workspace."""
    with company.writing() as register:
        register.people.add("Sam Steward", slack_id="U0SAM", roles=steward().roles)
        register.metrics.add(metric())
        register.readings.add_all([reading(on=date(2027, 1, 4)), reading(value=48)])
    return company


@pytest.fixture
def keeper(desk: Desk) -> Desk:
    """Ada leads Marketing and is the steward, too."""
    desk.actor = lead(1, id=1, roles=lead().roles | steward().roles)
    with desk.registers.writing() as register:
        register.people.save(desk.actor)
    return desk


def test_the_first_who_opens_it_may_look_after_the_workspace(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        nora = register.people.add("Nora New", slack_id="U0NEW")
    view = home(Desk(registers, nora))

    assert buttons(view["blocks"]).keys() == {Action.SETUP_CLAIM}


def test_the_set_up_goes_on_until_there_are_stages_and_departments(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        sam = register.people.add("Sam Steward", slack_id="U0SAM", roles=steward().roles)
    view = home(Desk(registers, sam))

    assert "Still missing" in spoken(view)
    assert Action.SETUP_JOURNEY in buttons(view["blocks"])
    assert Action.INITIATIVE_NEW not in buttons(view["blocks"])


def test_a_lead_sees_what_needs_them_what_is_theirs_and_their_map(keeper: Desk, other: Desk) -> None:
    registered(keeper, title="Clearer letters", problem=PROBLEM, stages=(2,))
    registered(other, title="Better letters", problem=PROBLEM, stages=(2,))
    said = spoken(home(keeper))

    assert "What needs you now (2)" in said
    assert "CX-2 Better letters" in said
    assert "Your initiatives (1)" in said
    assert "Use: \n1 of yours, 1 of other departments" in said
    assert "Settings" in said


def test_settings_are_for_stewards(keeper: Desk, other: Desk) -> None:
    assert "Settings" in spoken(home(keeper))
    assert "Settings" not in spoken(home(other))


def test_silence_is_told_as_unknown(keeper: Desk) -> None:
    assert "nobody can tell what your department works on" in spoken(home(keeper))


def test_an_executive_without_a_department_is_shown_the_way_to_all_of_them(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        register.people.add("Sam Steward", slack_id="U0SAM", roles=steward().roles)
        ruth = register.people.add("Ruth Chief", slack_id="U0RUTH", roles=frozenset({Role.EXECUTIVE}))
        nora = register.people.add("Nora New", slack_id="U0NEW")

    assert "All departments" in spoken(home(Desk(registers, ruth)))
    assert "does not know your department yet" in spoken(home(Desk(registers, nora)))


def test_the_tab_is_drawn_anew_when_what_was_open_over_it_is_closed(desk: Desk) -> None:
    come_back(desk.ack, desk.client, desk.registers, desk.actor, desk.now)

    desk.ack.assert_called_once_with()
    assert drawn(desk.client.views_publish.call_args.kwargs["view"])


def test_a_stage_says_who_is_on_it(keeper: Desk, other: Desk) -> None:
    registered(keeper, title="Clearer letters", stages=(2,))
    registered(other, title="Faster claims", stages=(3,))
    said = spoken(home(keeper))

    assert "Join: \nnobody yet" in said
    assert "Use: \n1 of yours\n" in said
    assert "Renew: \n1 of other departments" in said


def test_the_scores_say_what_to_do(measured: SqlRegisters, other: Desk) -> None:
    said = spoken(home(other))

    assert "Scores" in said
    assert "Satisfaction: \n✗ off track: 48 points (Feb 2027), target 60" in said


def test_the_tab_is_drawn_at_once_and_again_with_the_picture(measured: SqlRegisters, other: Desk) -> None:
    assert opened(other, Uploads()) == [[], ["F1"]]


def test_the_same_picture_is_uploaded_once_for_all(measured: SqlRegisters, desk: Desk, other: Desk) -> None:
    uploads = Uploads()
    opened(other, uploads)

    assert opened(desk, uploads) == [["F1"]]
    assert uploads.files == ["F1"]


def test_a_new_reading_is_a_new_picture(measured: SqlRegisters, other: Desk) -> None:
    uploads = Uploads()
    opened(other, uploads)
    with measured.writing() as register:
        register.readings.add_all([reading(on=date(2027, 3, 1), value=50)])

    assert opened(other, uploads) == [[], ["F2"]]


def test_an_old_picture_goes_when_a_new_one_comes_whatever_slack_says(measured: SqlRegisters, other: Desk) -> None:
    with measured.writing() as register:
        register.pictures.keep("trends:old", "F0", at(-91))
        register.pictures.keep("trends:young", "F9", at(-89))
    other.client.files_delete.side_effect = SlackApiError("", {"error": "file_not_found"})  # type: ignore[no-untyped-call]

    assert opened(other, Uploads()) == [[], ["F1"]]
    other.client.files_delete.assert_called_once_with(file="F0")
    with measured.reading() as register:
        assert [register.pictures.file(f"trends:{age}") for age in ("old", "young")] == [None, "F9"]


def test_a_failing_upload_leaves_the_tab_as_it_is(measured: SqlRegisters, other: Desk) -> None:
    assert opened(other, Uploads(works=False)) == [[]]


def test_a_picture_that_slack_no_longer_has_is_uploaded_anew(measured: SqlRegisters, other: Desk) -> None:
    uploads = Uploads()
    opened(other, uploads)

    def publish(view: View, **_user: str) -> None:
        if pictures(view.to_dict()) == ["F1"]:
            raise SlackApiError("", {"error": "invalid_blocks"})  # type: ignore[no-untyped-call]

    other.client.views_publish.side_effect = publish

    assert opened(other, uploads) == [["F1"], [], ["F2"]]


def test_who_is_asked_finds_the_question_at_the_top(measured: SqlRegisters, desk: Desk) -> None:
    with measured.writing() as register:
        asked = register.polls.add(poll())
        register.polls.invite(asked.id, [(1, 1)])
    view = home(desk)

    assert "What needs you now (1)" in spoken(view)
    assert Action.POLL_ANSWER in buttons(view["blocks"])


def test_who_has_answered_is_asked_no_more(measured: SqlRegisters, desk: Desk) -> None:
    with measured.writing() as register:
        (asked,) = register.polls.invite(register.polls.add(poll()).id, [(1, 1)])
        register.polls.save_invitation(replace(asked, answered_at=NOW, answer=NamedStages(names=("Join", "Use"))))

    assert "Nothing waits for you." in spoken(home(desk))


def test_a_lead_is_asked_for_the_ratification_until_the_department_has_answered(
    measured: SqlRegisters, desk: Desk
) -> None:
    with measured.writing() as register:
        sam = next(one for one in register.people.all() if Role.STEWARD in one.roles)
        asking = ask_departments(register, sam, NOW).ratification
    assert Action.RATIFICATION_ANSWER in buttons(home(desk)["blocks"])

    with measured.writing() as register:
        take_stances(register, asking.id, 1, {}, desk.actor, NOW)
    assert Action.RATIFICATION_ANSWER not in buttons(home(desk)["blocks"])


def test_the_messages_tab_is_left_alone(desk: Desk) -> None:
    open_home({"tab": "messages"}, desk.client, desk.registers, desk.actor, desk.now)

    desk.client.views_publish.assert_not_called()


def test_the_largest_home_fits() -> None:
    stages = tuple(stage(id=n, name=f"{n} {'s' * 77}", position=n) for n in range(1, 60))
    departments = tuple(department(id=n, name=f"{n} {'d' * 77}") for n in range(1, 200))
    mine = tuple(initiative(n, title="<!here>" * 57, stages=tuple(range(1, 60))) for n in range(1, 11))
    known = Names({1: "d" * 80}, {1: "p" * 80}, dict.fromkeys(range(1, 60), "s" * 80), {}, {})
    everything = Home(
        person=lead(1, id=1, roles=lead().roles | steward().roles),
        needs=largest_needs("<!here>" * 57),
        mine=Page(mine, 90),
        names=known,
        coverage=coverage(
            stages=tuple((one.id, one.name) for one in stages),
            cells=tuple(Cell(stage=one.id, department=1, count=10_000) for one in stages),
            silent=(),
        ),
        settings=Settings(("n" * 80,), departments, {}, Journey(1, stages), schedule()),
        today=NOW.date(),
        stuck=Page(tuple(message(id=n, state=Delivery.FAILED) for n in range(1, 6)), 60),
        scores=largest_scoreboard("<!here>" * 57),
        trends="F1",
        off=OFF,
    )
    view = drawn(home_view(everything))

    assert light(view)
    assert "…and 80 more: \n/cx todo" in spoken(view)
    assert "…and 80 more: \n/cx mine" in spoken(view)
