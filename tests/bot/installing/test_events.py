"""What Slack sends of installations, through the real app: payloads as Slack has them."""

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt import App, BoltRequest, BoltResponse

from bot.app import slack_client
from bot.installing.authorizing import NOT_INSTALLED, Admission, not_installed
from bot.scheduling.due_times import next_due
from handlers.context import Services
from handlers.listening import register_all
from planning.installations.values import Ending, Installation
from tests.bot.installing.stub import PUBLIC, Office
from tests.builders import NOW
from tests.handlers.slack import WordEncoder

LATER = int((NOW + timedelta(hours=1)).timestamp())


def serve(office: Office) -> App:
    """The app of a replica, as `concord serve` has it but for what guards its door."""
    told: dict[str, Any] = {
        "authorize": Admission(office.desk.authorizer, not_installed(PUBLIC)),
    }
    app = App(client=slack_client("", office.slack.url), request_verification_enabled=False, **told)
    services = Services(office.database.hurried, office.time, WordEncoder(), next_due, notices=office.desk.life)
    register_all(app, services)
    return app


def told(office: Office, event: dict[str, Any], at: int = LATER, **said: Any) -> None:
    """Slack's event, taken in to its end."""
    app = serve(office)
    known = {"team_id": "T0HARBOUR", "api_app_id": "A0CONCORD", "event_id": "Ev1", "authorizations": []}
    body = {"type": "event_callback", "event": event, "event_time": at, **known, **said}
    assert _dispatched(app, json.dumps(body), "application/json").status == 200
    app.listener_runner.listener_executor.shutdown(wait=True)


def command(office: Office, **said: str) -> BoltResponse:
    """Somebody types `/cx help`."""
    fields = {
        "command": "/cx",
        "text": "help",
        "user_id": "U0ADMIN",
        "team_id": "T0HARBOUR",
        "trigger_id": "1.2",
        **said,
    }
    content = "&".join(f"{name}={value}" for name, value in fields.items())
    return _dispatched(serve(office), content, "application/x-www-form-urlencoded")


def installation(office: Office, tenant: str = "T0HARBOUR") -> Installation:
    found = office.desk.life.directory.of(tenant)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("event", "ending"),
    [
        ({"type": "app_uninstalled"}, Ending.UNINSTALLED),
        ({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOTT0HARBOUR"]}}, Ending.REVOKED),
    ],
    ids=["uninstalled", "revoked"],
)
def test_an_end_counts_from_the_next_request_on(office: Office, event: dict[str, Any], ending: Ending) -> None:
    office.install("one")
    assert NOT_INSTALLED not in command(office).body

    told(office, event)

    assert installation(office).ending is ending
    assert NOT_INSTALLED in command(office).body


def test_the_token_of_a_person_is_not_the_bots(office: Office) -> None:
    office.install("one")

    told(office, {"type": "tokens_revoked", "tokens": {"oauth": ["U0ADMIN"]}})

    assert installation(office).is_live


def test_an_event_of_before_a_new_installation_changes_nothing(office: Office) -> None:
    office.install("one")

    told(office, {"type": "app_uninstalled"}, at=int(NOW.timestamp()) - 5)

    assert installation(office).is_live


def test_an_organisation_is_uninstalled_as_a_whole(office: Office) -> None:
    office.install("one", "E0GROUP")
    whole = {"enterprise_id": "E0GROUP", "team_id": None, "is_enterprise_install": True}

    told(office, {"type": "app_uninstalled"}, team_id="T0PART", authorizations=[whole], enterprise_id="E0GROUP")

    assert not installation(office, "E0GROUP").is_live


@pytest.mark.parametrize("event", ["team_access_granted", "team_access_revoked"])
def test_teams_of_an_organisation_come_and_go_and_it_stays(office: Office, event: str) -> None:
    office.install("one", "E0GROUP")
    whole = {"enterprise_id": "E0GROUP", "team_id": None, "is_enterprise_install": True}

    told(office, {"type": event, "team_ids": ["T0PART"]}, authorizations=[whole], enterprise_id="E0GROUP")

    with office.database.registers(installation(office, "E0GROUP").workspace).reading() as register:
        assert register.audit.last([event.replace("team_access", "installation.teams")])
    assert installation(office, "E0GROUP").is_live


def test_an_organisation_that_is_named_without_more_is_enough(office: Office) -> None:
    office.install("one", "E0GROUP")

    told(
        office,
        {"type": "team_access_granted", "team_ids": ["T0PART"]},
        team_id=None,
        authorizations=None,
        enterprise_id="E0GROUP",
    )

    with office.database.registers(installation(office, "E0GROUP").workspace).reading() as register:
        assert register.audit.last(["installation.teams_granted"])


def test_an_end_that_could_not_be_noted_is_left_for_slack_to_send_again(office: Office) -> None:
    office.install("one")
    body = {"type": "event_callback", "event": {"type": "app_uninstalled"}, "event_time": LATER, "team_id": "T0HARBOUR"}

    with office.database.engine.begin() as broken:
        broken.exec_driver_sql("ALTER TABLE installations RENAME TO gone")
    assert _dispatched(serve(office), json.dumps(body), "application/json").status == 503
    with office.database.engine.begin() as mended:
        mended.exec_driver_sql("ALTER TABLE gone RENAME TO installations")

    assert _dispatched(serve(office), json.dumps(body), "application/json").status == 200
    assert installation(office).ending is Ending.UNINSTALLED


def test_a_form_that_is_sent_after_the_end_comes_back_and_the_log_has_no_fault(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    view = {"id": "V1", "type": "modal", "callback_id": "x", "title": {}, "blocks": [], "state": {"values": {}}}
    known = {"team": {"id": "T0HARBOUR"}, "user": {"id": "U1"}, "view": view}

    sent = _dispatched(serve(office), json.dumps({"type": "view_submission", **known}), "application/json")
    closed = _dispatched(serve(office), json.dumps({"type": "view_closed", **known}), "application/json")

    assert NOT_INSTALLED in sent.body
    assert (json.loads(sent.body)["response_action"], closed.body) == ("update", "")
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_nobody_is_answered_where_it_was_never_installed(office: Office) -> None:
    office.install("one")

    assert f"{PUBLIC}/slack/install" in command(office, team_id="T0STRANGER").body


def _dispatched(app: App, body: str, kind: str) -> BoltResponse:
    return app.dispatch(BoltRequest(body=body, headers={"content-type": kind}))
