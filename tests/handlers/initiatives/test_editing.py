from dataclasses import replace
from typing import Any

import pytest

from handlers.initiatives.editing import edit, press_edit, submit_edit
from handlers.initiatives.planned import FORMS, keeper, opener
from handlers.initiatives.showing import show
from planning.errors import NotAllowed
from planning.initiatives.values import Intent, Status
from planning.journey.arranging import save_stages
from tests.builders import NOW, steward, window
from tests.handlers.initiatives.registered import on_record, registered
from tests.handlers.slack import Desk, field_names, field_of, slack_user, spoken, submitted
from tests.handlers.views.limits import words


def submit(desk: Desk, view: dict[str, Any], **typed: Any) -> None:
    desk.ack.reset_mock()
    sent = submitted(view, **typed)
    submit_edit(desk.ack, sent, desk.context, desk.client, desk.registers, desk.actor, desk.now, desk.encoder)


def plan_contact(desk: Desk, **typed: Any) -> None:
    _, form, _, keep = FORMS[0]
    opener(form)(desk.ack, desk.body, {"value": "1"}, desk.client, desk.registers, desk.actor)
    keeper(keep)(desk.ack, submitted(desk.modal, **typed), desk.registers, desk.actor, desk.now)


def test_the_form_shows_all_that_is_registered(desk: Desk) -> None:
    registered(desk, stages=(1,), links=("https://a.test", "https://b.test"))
    edit(desk.call("CX-1"))

    assert field_names(desk.modal) == [
        "title",
        "problem",
        "stages",
        "department",
        "status",
        "owner",
        "starts_on",
        "ends_on",
        "movable_from",
        "movable_until",
        "segments",
        "touchpoints",
        "links",
    ]
    assert field_of(desk.modal, "owner")["initial_user"] == "U0ADA"
    assert field_of(desk.modal, "links")["initial_value"] == "https://a.test\nhttps://b.test"


def test_what_was_changed_is_saved_and_nothing_else_is_touched(desk: Desk) -> None:
    before = registered(desk, stages=(1,), links=("https://a.test",))
    edit(desk.call("CX-1"))
    submit(desk, desk.modal, title="Plain letters", status="active", starts_on="2027-04-01", segments=[1])

    wanted = replace(before.draft, title="Plain letters", status=Status.ACTIVE, segments=(1,))
    assert replace(on_record(desk).draft, starts_on=None) == wanted
    assert "CX-1 is saved" in spoken(desk.shown)


def test_dates_in_the_wrong_order_are_told_at_the_end(desk: Desk) -> None:
    registered(desk)
    edit(desk.call("CX-1"))
    submit(desk, desk.modal, starts_on="2027-04-02", ends_on="2027-04-01")

    assert desk.errors == {"ends_on": "Choose an end on or after the start."}


def test_the_days_within_which_it_may_be_moved_are_kept_and_stand_on_the_card(desk: Desk) -> None:
    registered(desk)
    edit(desk.call("CX-1"))
    submit(desk, desk.modal, movable_from="2027-03-01", movable_until="2027-12-31")

    assert on_record(desk).draft.movable == window(days=306)
    assert "May be moved between: \n1 March – 31 December 2027" in words(show(desk.call("CX-1")))


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ({"movable_from": "2027-03-01"}, "Give both days, or leave both empty."),
        ({"movable_from": "2027-03-02", "movable_until": "2027-03-01"}, "Choose a day on or after the first."),
    ],
    ids=["one day", "wrong order"],
)
def test_days_of_moving_that_make_no_sense_are_told_at_the_second(desk: Desk, days: dict[str, str], told: str) -> None:
    registered(desk)
    edit(desk.call("CX-1"))
    submit(desk, desk.modal, **days)

    assert desk.errors == {"movable_until": told}


def test_a_link_that_is_none_is_told_at_the_links(desk: Desk) -> None:
    registered(desk)
    edit(desk.call("CX-1"))
    submit(desk, desk.modal, links="javascript:alert(1)")

    assert list(desk.errors) == ["links"]


def test_an_owner_new_to_concord_becomes_known(desk: Desk) -> None:
    registered(desk)
    edit(desk.call("CX-1"))
    submit(desk, desk.modal, owner="U0NEW")

    with desk.registers.reading() as register:
        owner = register.people.by_slack("U0NEW")
    assert owner is not None
    assert on_record(desk).draft.owner == owner.id


def test_a_bot_cannot_own_anything(desk: Desk) -> None:
    registered(desk)
    edit(desk.call("CX-1"))
    desk.client.users_info.side_effect = lambda *, user: slack_user(user, is_bot=True)
    submit(desk, desk.modal, owner="U0BOT")

    assert list(desk.errors) == ["owner"]


def test_an_owner_who_is_not_in_slack_stays_until_somebody_is_chosen(desk: Desk) -> None:
    with desk.registers.writing() as register:
        absent = register.people.add("Imported Ida")
    registered(desk, owner=absent.id)
    edit(desk.call("CX-1"))
    assert "Now Imported Ida, who is not in Slack." in spoken(desk.modal)
    submit(desk, desk.modal, title="Plain letters")

    assert on_record(desk).draft.owner == absent.id


def test_links_that_do_not_fit_the_field_are_kept(desk: Desk) -> None:
    links = tuple(f"https://a.test/{number}/{'x' * 1000}" for number in range(5))
    registered(desk, links=links)
    edit(desk.call("CX-1"))
    assert "3 more are kept as they are" in spoken(desk.modal)
    submit(desk, desk.modal, title="Plain letters")

    assert on_record(desk).draft.links == links


def test_a_stage_removed_meanwhile_brings_the_form_back_with_fresh_stages(desk: Desk) -> None:
    registered(desk, stages=(2,))
    edit(desk.call("CX-1"))
    view = desk.modal
    with desk.registers.writing() as register:
        register.people.save(steward(id=1))
        save_stages(register, [("Join", ""), ("Renew", "")], steward(id=1), NOW)
    submit(desk, view, title="Plain letters", problem="Typed with care")

    assert "was removed meanwhile" in spoken(desk.shown)
    assert field_of(desk.shown, "problem")["initial_value"] == "Typed with care"
    assert [option["text"]["text"] for option in field_of(desk.shown, "stages")["options"]] == ["Join", "Renew"]
    submit(desk, desk.shown, stages=[3])
    assert on_record(desk).draft.title == "Plain letters"


def test_who_may_not_is_told_whom_to_ask(desk: Desk, other: Desk) -> None:
    registered(desk)

    with pytest.raises(NotAllowed, match="ask Ada Berg"):
        press_edit(other.ack, other.body, {"value": "1"}, other.client, other.registers, other.actor)


def test_a_contact_is_planned_in_words_that_people_understand(desk: Desk) -> None:
    registered(desk)
    plan_contact(desk, segment=1, touchpoint=1, intent="cancel", starts_on="2027-04-01", ends_on="2027-04-02")

    assert on_record(desk).draft.contacts[0].intent is Intent.CANCEL
    words = [option["text"]["text"] for option in field_of(desk.modal, "intent")["options"]]
    assert "End the contract" in words
    assert len(words) == len(Intent)


def test_a_contact_cannot_end_before_it_starts(desk: Desk) -> None:
    registered(desk)
    plan_contact(desk, segment=1, touchpoint=1, intent="bill", starts_on="2027-04-02", ends_on="2027-04-01")

    assert desk.errors == {"ends_on": "Choose an end on or after the start."}
