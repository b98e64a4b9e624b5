"""Threads, files, group conversations and menus that ask first, on the page of the local workspace."""

from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from tests.browser.gallery import CONFIRM, Json, element, section
from tests.browser.tiny import BOT_TOKEN, WORKSPACE, started

pytestmark = pytest.mark.browser

INVITATION = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Json]:
    with started(WORKSPACE, tmp_path_factory.mktemp("workspace")) as ready:
        yield ready


@pytest.fixture
def client(ready: Json) -> WebClient:
    return WebClient(token=BOT_TOKEN, base_url=ready["api_url"])


@pytest.fixture
def general(page: Page, ready: Json) -> Page:
    page.goto(f"{ready['url']}/#user=U1&at=C1")
    expect(page.get_by_role("textbox", name="Message #general", exact=True)).to_be_enabled()
    return page


def share(client: WebClient, channel: str, thread_ts: str) -> None:
    promised = client.files_getUploadURLExternal(filename="plan-12.ics", length=len(INVITATION))
    with urlopen(Request(promised["upload_url"], INVITATION), timeout=5):
        pass
    files: list[dict[str, str | None]] = [{"id": promised["file_id"], "title": "The session"}]
    client.files_completeUploadExternal(
        files=files, channel_id=channel, thread_ts=thread_ts, initial_comment="Put it in your calendar"
    )


def test_a_file_in_a_thread_can_be_downloaded(general: Page, client: WebClient, tmp_path: Path) -> None:
    head = client.chat_postMessage(channel="C1", text="The plan of two leads")
    share(client, "C1", head["ts"])
    plan = general.get_by_role("listitem").filter(has_text="The plan of two leads")
    plan.get_by_role("button", name="1 reply").click()

    reply = general.get_by_role("list", name="Thread").get_by_role("listitem").last
    expect(reply).to_contain_text("Put it in your calendar")
    card = reply.get_by_role("group", name="File: The session")
    expect(card).to_contain_text("plan-12.ics · 32 bytes")
    with general.expect_download() as download:
        card.get_by_role("link", name="Download The session").click()
    download.value.save_as(tmp_path / "saved")
    assert download.value.suggested_filename == "plan-12.ics"
    assert (tmp_path / "saved").read_bytes() == INVITATION


def test_a_group_conversation_stands_in_the_sidebar_by_its_names(general: Page, client: WebClient) -> None:
    group = client.conversations_open(users=["U1", "U2"])["channel"]["id"]
    client.chat_postMessage(channel=group, text="Let us plan together")

    general.get_by_role("button", name="Ben Okafor, Tiny").click()
    expect(general.get_by_role("listitem").filter(has_text="Let us plan together")).to_be_visible()


def test_a_menu_that_asks_first_is_put_back_when_refused(general: Page, client: WebClient) -> None:
    menu = section("Choose a colleague", accessory=element("static_select", confirm=CONFIRM))
    client.chat_postMessage(channel="C1", text="Choose a colleague", blocks=[menu])
    field = general.get_by_role("combobox", name="Pick by static_select").last

    field.click()
    general.get_by_role("option", name="Option 2").click()
    general.get_by_role("dialog", name="Remove it?").get_by_role("button", name="Keep").click()
    expect(field).to_have_value("")
