from typing import Any

import pytest

from handlers.setup.departments import press_department, submit_department
from planning.errors import NotAllowed
from planning.workspace.values import AlertsTo, Department, Role
from tests.builders import steward
from tests.handlers.slack import Desk, field_of, slack_user, spoken, submitted


@pytest.fixture
def keeper(desk: Desk) -> Desk:
    """Sam, the steward."""
    with desk.registers.writing() as register:
        desk.actor = register.people.add("Sam Steward", slack_id="U0SAM", roles=steward().roles)
    return desk


def opened(desk: Desk, chosen: int | None = None) -> dict[str, Any]:
    action = {"selected_option": {"value": str(chosen)}} if chosen else {}
    press_department(desk.ack, desk.body, action, desk.client, desk.registers, desk.actor)
    return desk.modal


def submit(desk: Desk, view: dict[str, Any], **typed: Any) -> None:
    desk.ack.reset_mock()
    sent = submitted(view, **typed)
    submit_department(desk.ack, sent, desk.context, desk.client, desk.registers, desk.actor, desk.now)


def departments(desk: Desk) -> list[Department]:
    with desk.registers.reading() as register:
        return register.departments.all()


def leads(desk: Desk, department: int) -> list[str | None]:
    with desk.registers.reading() as register:
        return [person.slack_id for person in register.people.all() if person.leads(department)]


def test_a_new_department_gets_its_leads_and_its_channel(keeper: Desk) -> None:
    submit(keeper, opened(keeper), name="Claims", leads=["U0NEW"], channel="C0CLAIMS", alerts_to="channel")

    assert [department.name for department in departments(keeper)] == ["Marketing", "Service", "Claims"]
    claims = departments(keeper)[2]
    assert claims.channel is not None
    assert (claims.channel.id, claims.channel.name, claims.alerts_to) == ("C0CLAIMS", "cx", AlertsTo.CHANNEL)
    assert leads(keeper, 3) == ["U0NEW"]
    assert "Claims is saved" in spoken(keeper.shown)
    assert keeper.client.views_publish.call_args.kwargs["user_id"] == "U0SAM"


def test_a_department_is_changed_from_what_it_is(keeper: Desk) -> None:
    view = opened(keeper, chosen=2)
    assert field_of(view, "leads")["initial_users"] == ["U0BO"]
    submit(keeper, view, name="Customer service")

    assert departments(keeper)[1].name == "Customer service"
    assert leads(keeper, 2) == ["U0BO"]


def test_a_name_that_is_taken_is_told_at_the_name(keeper: Desk) -> None:
    submit(keeper, opened(keeper), name="marketing")

    assert "already" in keeper.errors["name"]


def test_a_lead_of_another_department_is_told_at_the_leads(keeper: Desk) -> None:
    submit(keeper, opened(keeper), name="Claims", leads=["U0BO"])

    assert "leads another department" in keeper.errors["leads"]


def test_a_bot_cannot_lead(keeper: Desk) -> None:
    keeper.client.users_info.side_effect = lambda *, user: slack_user(user, is_bot=True)
    submit(keeper, opened(keeper), name="Claims", leads=["U0BOT"])

    assert list(keeper.errors) == ["leads"]


def test_a_channel_shared_with_another_company_is_refused(keeper: Desk) -> None:
    keeper.client.conversations_info.side_effect = lambda *, channel: {
        "channel": {"id": channel, "is_ext_shared": True}
    }
    submit(keeper, opened(keeper), name="Claims", channel="C0SHARED")

    assert "another company" in keeper.errors["channel"]


def test_a_channel_where_we_are_not_is_refused_with_the_way_in(keeper: Desk) -> None:
    keeper.client.conversations_info.side_effect = lambda *, channel: {"channel": {"id": channel, "is_member": False}}
    submit(keeper, opened(keeper), name="Claims", channel="C0CLAIMS")

    assert "/invite @Concord" in keeper.errors["channel"]


def test_alerts_to_a_channel_need_one(keeper: Desk) -> None:
    submit(keeper, opened(keeper), name="Claims", alerts_to="channel")

    assert list(keeper.errors) == ["channel"]


def test_leads_who_are_not_in_slack_stay_until_somebody_is_chosen(keeper: Desk) -> None:
    with keeper.registers.writing() as register:
        from_import = register.departments.add("Billing")
        ida = register.people.add("Imported Ida", department=from_import.id, roles=frozenset({Role.LEAD}))
    view = opened(keeper, chosen=from_import.id)
    assert "Now Imported Ida" in spoken(view)
    submit(keeper, view, name="Invoices")

    with keeper.registers.reading() as register:
        assert register.people.by_id(ida.id).leads(from_import.id)


def test_others_cannot_open_the_form(other: Desk) -> None:
    with pytest.raises(NotAllowed):
        opened(other)
