from typing import Any

import pytest

from handlers.setup.keys import press_keys, press_revoke, submit_key
from handlers.views.keys import keys_form
from handlers.views.text import BLOCKS_MAX
from planning.errors import NotAllowed
from planning.workspace.keying import KEYS_MAX, PREFIX, digest_of
from planning.workspace.keys import ApiKey
from tests.builders import NOW, steward
from tests.handlers.slack import Desk, buttons, drawn, light, spoken, submitted
from tests.handlers.views.limits import NASTY


@pytest.fixture
def keeper(desk: Desk) -> Desk:
    """Ada is the steward, too."""
    desk.actor = steward(id=1)
    return desk


def opened(desk: Desk) -> dict[str, Any]:
    press_keys(desk.ack, desk.body, desk.client, desk.registers, desk.actor)
    return desk.modal


def make(desk: Desk, name: str = "Survey tool") -> str:
    """The secret that was shown."""
    submit_key(desk.ack, submitted(opened(desk), name=name), desk.registers, desk.actor, desk.now)
    return next(word for word in spoken(desk.shown).split() if word.startswith(PREFIX))


def keys(desk: Desk) -> list[ApiKey]:
    with desk.registers.reading() as register:
        return register.api_keys.all()


def test_a_secret_is_shown_once_and_only_its_digest_is_kept(keeper: Desk) -> None:
    secret = make(keeper)

    (key,) = keys(keeper)
    assert (key.name, key.digest, key.made_at) == ("Survey tool", digest_of(secret), NOW)
    assert secret not in spoken(opened(keeper))
    with keeper.registers.reading() as register:
        assert not [entry for entry in register.audit.since(None) if secret in repr(entry)]


def test_a_key_is_listed_with_who_made_it_and_its_last_use(keeper: Desk) -> None:
    make(keeper)

    assert "Survey tool\nMade 1 March 2027 by Ada Berg, not used yet" in spoken(opened(keeper))


def test_a_revoked_key_is_gone_from_the_list_and_stays_on_record(keeper: Desk) -> None:
    make(keeper)
    view = opened(keeper)
    revoke = buttons(view["blocks"])["key_revoke"]
    keeper.body = {"view": view, "trigger_id": "1.2.abc"}
    press_revoke(keeper.ack, keeper.body, revoke, keeper.client, keeper.registers, keeper.actor, keeper.now)

    assert "Survey tool" not in spoken(keeper.modal)
    assert keys(keeper)[0].revoked_at == NOW
    assert "cannot be undone" in revoke["confirm"]["text"]["text"]


def test_two_keys_do_not_share_a_name(keeper: Desk) -> None:
    make(keeper)
    submit_key(keeper.ack, submitted(opened(keeper), name="survey TOOL"), keeper.registers, keeper.actor, keeper.now)

    assert "choose another name" in keeper.errors["name"]


def test_only_stewards_see_and_make_keys(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="Only a steward"):
        opened(desk)
    view = submitted(keys_form([], {}, "UTC"), name="Mine")
    with pytest.raises(NotAllowed, match="Only a steward"):
        submit_key(desk.ack, view, desk.registers, desk.actor, desk.now)

    assert keys(desk) == []


def test_as_many_keys_as_there_can_be_fit_the_form() -> None:
    many = [ApiKey(id, NASTY, digest_of(str(id)), NOW, 1, NOW) for id in range(1, KEYS_MAX + 1)]

    view = keys_form(many, {1: NASTY}, "a zone that nobody knows")

    assert len(drawn(view)["blocks"]) <= BLOCKS_MAX
    assert light(view)
