"""Another site in the same browser cannot drive the workspace."""

from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets import Origin
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from bot.sandbox.server import Sandbox
from tests.bot.sandbox.world import ANA


def status(sandbox: Sandbox, path: str, **headers: Any) -> int:
    connection = HTTPConnection(urlsplit(sandbox.url).netloc, timeout=5)
    connection.putrequest("GET", path, skip_host=True)
    for name, value in {"host": urlsplit(sandbox.url).netloc, **headers}.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    found = connection.getresponse().status
    connection.close()
    return found


SESSION = f"/page/session?user={ANA}"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 200),
        ({"host": "localhost:99"}, 200),
        ({"host": "evil.example"}, 403),
        ({"host": "127.0.0.1.evil.example:80"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:1"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-origin"}, 200),
    ],
    ids=str,
)
def test_only_the_page_itself_and_local_programs_get_in(
    sandbox: Sandbox, headers: dict[str, str], expected: int
) -> None:
    assert status(sandbox, SESSION, **headers) == expected


def test_the_pages_own_origin_gets_in(sandbox: Sandbox) -> None:
    assert status(sandbox, SESSION, origin=sandbox.url) == 200


def test_a_link_from_elsewhere_may_lead_to_the_page_but_not_to_what_it_does(sandbox: Sandbox) -> None:
    assert status(sandbox, "/", sec_fetch_site="cross-site") != 403
    assert status(sandbox, "/control/calls", sec_fetch_site="cross-site") == 403


def test_another_sites_socket_is_refused(sandbox: Sandbox) -> None:
    address = f"{sandbox.url.replace('http', 'ws', 1)}/page/events?user={ANA}"

    with (
        pytest.raises(InvalidStatus) as caught,
        connect(address, origin=Origin("http://evil.example"), proxy=None),
    ):
        pass

    assert caught.value.response.status_code == 403
