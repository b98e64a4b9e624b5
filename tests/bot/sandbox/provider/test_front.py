"""The first page of the provider: what it shows, and what an administrator does there."""

from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import pytest

from tests.bot.sandbox.provider.company import ACORN, CEDAR, NORTH, Admin, Hook
from tests.bot.sandbox.world import exchange, until


def front(admin: Admin) -> str:
    with urlopen(f"{admin.running.url}/") as answer:
        text: str = answer.read().decode()
        return text


def pressed(admin: Admin, deed: str, origin: str | None = None, **fields: str) -> int:
    """Press a button of the page; the status that comes back."""
    parts = urlsplit(admin.running.url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin or admin.running.url}
    connection.request("POST", f"/do/{deed}", urlencode(fields), headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_it_says_where_the_app_is(admin: Admin) -> None:
    admin.install(ACORN)
    shown = front(admin)

    assert "Installed by Ana Alves in Acorn." in shown
    assert shown.count("The app is not installed.") == 2


@pytest.mark.parametrize("first", ["app_uninstalled", "tokens_revoked"])
def test_uninstalling_takes_one_press(admin: Admin, hook: Hook, first: str) -> None:
    admin.install(ACORN)

    assert pressed(admin, "uninstall", workspace=ACORN, first=first) == 303
    until(lambda: len(hook.events()) == 2)
    assert hook.events()[0] == first
    assert pressed(admin, "uninstall", workspace=ACORN, first=first) == 400


def test_an_organisation_adds_the_app_to_a_team(admin: Admin) -> None:
    admin.install_organisation()

    assert pressed(admin, "teams", workspace=CEDAR, team=NORTH, present="true") == 303
    assert "Cedar North has the app." in front(admin)


def test_another_site_in_the_same_browser_can_do_nothing(admin: Admin) -> None:
    admin.install(ACORN)

    assert pressed(admin, "uninstall", "http://127.0.0.1:1", workspace=ACORN) == 403
    assert exchange(f"{admin.running.url}/control/workspaces")["workspaces"][0]["installation"] is not None
