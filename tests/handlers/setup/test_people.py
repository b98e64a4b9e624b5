from typing import Any

import pytest

from handlers.setup.people import press_roles, submit_roles
from planning.errors import NotAllowed
from planning.workspace.values import Role
from tests.builders import steward
from tests.handlers.slack import Desk, field_of, slack_user, spoken, submitted


@pytest.fixture
def keeper(desk: Desk) -> Desk:
    """Sam, the steward."""
    with desk.registers.writing() as register:
        desk.actor = register.people.add("Sam Steward", slack_id="U0SAM", roles=steward().roles)
    return desk


def opened(desk: Desk) -> dict[str, Any]:
    press_roles(desk.ack, desk.body, desk.client, desk.registers, desk.actor)
    return desk.modal


def submit(desk: Desk, view: dict[str, Any], **typed: Any) -> None:
    desk.ack.reset_mock()
    sent = submitted(view, **typed)
    submit_roles(desk.ack, sent, desk.context, desk.client, desk.registers, desk.actor, desk.now)


def holders(desk: Desk, role: Role) -> list[str]:
    with desk.registers.reading() as register:
        return [person.name for person in register.people.all() if role in person.roles]


def test_the_form_begins_with_who_has_the_roles(keeper: Desk) -> None:
    view = opened(keeper)

    assert field_of(view, "stewards")["initial_users"] == ["U0SAM"]
    assert "initial_users" not in field_of(view, "executives")


def test_people_new_to_concord_become_known_with_their_role(keeper: Desk) -> None:
    submit(keeper, opened(keeper), executives=["U0NEW", "U0ADA"], stewards=["U0SAM", "U0BO"])

    assert holders(keeper, Role.EXECUTIVE) == ["Ada Berg", "Nora New"]
    assert holders(keeper, Role.STEWARD) == ["Bo Lind", "Sam Steward"]
    assert "Executives and stewards are saved." in spoken(keeper.shown)
    assert "Ada Berg, Nora New" in spoken(keeper.client.views_publish.call_args.kwargs["view"])


def test_a_steward_may_hand_it_over_and_sees_no_settings_any_more(keeper: Desk) -> None:
    submit(keeper, opened(keeper), stewards=["U0BO"])

    assert holders(keeper, Role.STEWARD) == ["Bo Lind"]
    assert "Settings" not in spoken(keeper.client.views_publish.call_args.kwargs["view"])


def test_no_steward_at_all_is_told_at_the_stewards(keeper: Desk) -> None:
    submit(keeper, opened(keeper), executives=["U0ADA"], stewards=[])

    assert "at least one steward" in keeper.errors["stewards"]
    assert holders(keeper, Role.EXECUTIVE) == []


@pytest.mark.parametrize("field", ["executives", "stewards"])
def test_a_bot_has_no_role(keeper: Desk, field: str) -> None:
    keeper.client.users_info.side_effect = lambda *, user: slack_user(user, is_bot=True)
    submit(keeper, opened(keeper), **{field: ["U0BOT"]})

    assert list(keeper.errors) == [field]


def test_executives_who_are_not_in_slack_stay_until_somebody_is_chosen(keeper: Desk) -> None:
    with keeper.registers.writing() as register:
        register.people.add("Imported Ida", roles=frozenset({Role.EXECUTIVE}))
    view = opened(keeper)
    assert "Imported Ida cannot be found in Slack" in spoken(view)
    submit(keeper, view)
    assert holders(keeper, Role.EXECUTIVE) == ["Imported Ida"]

    submit(keeper, view, executives=["U0ADA"])
    assert holders(keeper, Role.EXECUTIVE) == ["Ada Berg"]


def test_others_cannot_open_the_form(other: Desk) -> None:
    with pytest.raises(NotAllowed):
        opened(other)
