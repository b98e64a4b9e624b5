"""Uploads: in three steps, shown by id in a block."""

from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.server import Sandbox
from tests.bot.sandbox.test_messages import refused
from tests.bot.sandbox.world import ANA, CLOSED, GENERAL, QUIET, AtPage, Control, Json, exchange

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def picture(file_id: str) -> Json:
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": "A heatmap"}


def test_a_file_is_shared_in_a_channel(client: WebClient, at_page: AtPage) -> None:
    client.files_upload_v2(channel=GENERAL, filename="map.png", content=PNG, title="Map", alt_txt="A map")

    message = at_page(ANA).messages()[-1]
    assert (message["files"][0]["title"], message["files"][0]["alt_txt"]) == ("Map", "A map")


def test_a_file_is_shared_in_a_thread_with_its_words(client: WebClient, at_page: AtPage) -> None:
    head = client.chat_postMessage(channel=GENERAL, text="The plan")["ts"]
    client.files_upload_v2(
        channel=GENERAL,
        thread_ts=head,
        filename="plan.ics",
        content=b"BEGIN",
        title="The session",
        initial_comment="Here",
    )

    (reply,) = at_page(ANA).look("messages", channel=GENERAL, thread_ts=head)["messages"][1:]
    (file,) = reply["files"]
    assert (reply["text"], file["name"], file["size"]) == ("Here", "plan.ics", 5)
    assert at_page(ANA).messages()[-1]["reply_count"] == 1


def test_where_a_file_is_shared_is_known_once_it_was_looked_at(client: WebClient, control: Control) -> None:
    control.fault("files.info", "slow", times=1)
    file_id = client.files_upload_v2(channel=GENERAL, filename="plan.ics", content=b"BEGIN")["file"]["id"]

    assert client.files_info(file=file_id)["file"]["shares"] == {}
    shares = client.files_info(file=file_id)["file"]["shares"]
    assert shares == {"public": {GENERAL: [{"ts": control.messages()[-1]["ts"]}]}}


@pytest.mark.parametrize(
    ("place", "word"),
    [
        ({"channel_id": GENERAL, "thread_ts": "1.000000"}, "thread_not_found"),
        ({"channel_id": QUIET}, "not_in_channel"),
        ({"channel_id": CLOSED}, "is_archived"),
        ({"channel_id": ANA}, "channel_not_found"),
    ],
)
def test_a_file_goes_only_where_the_app_is(client: WebClient, place: Json, word: str) -> None:
    promised = client.files_getUploadURLExternal(filename="plan.ics", length=5)
    with urlopen(Request(promised["upload_url"], b"BEGIN"), timeout=5):
        pass

    refused(word, client.files_completeUploadExternal, files=[{"id": promised["file_id"]}], **place)


def test_a_picture_is_shown_by_its_id_in_a_block(client: WebClient, sandbox: Sandbox, control: Control) -> None:
    file_id = client.files_upload_v2(filename="map.png", content=PNG)["file"]["id"]

    client.chat_postMessage(channel=GENERAL, text="x", blocks=[picture(file_id)])

    assert control.messages()[-1]["blocks"][0]["slack_file"]["id"] == file_id
    assert client.files_info(file=file_id)["file"]["mimetype"] == "image/png"
    with urlopen(f"{sandbox.url}/files/{file_id}", timeout=5) as answer:
        assert (answer.read(), answer.headers["content-type"]) == (PNG, "image/png")


def test_an_edit_shows_another_picture(client: WebClient, control: Control) -> None:
    first, second = (client.files_upload_v2(filename=f"{n}.png", content=PNG)["file"]["id"] for n in "12")
    ts = client.chat_postMessage(channel=GENERAL, text="x", blocks=[picture(first)])["ts"]
    client.chat_update(channel=GENERAL, ts=ts, text="x", blocks=[picture(second)])

    assert control.messages()[-1]["blocks"][0]["slack_file"]["id"] == second


def test_a_picture_that_is_still_looked_at_cannot_be_shown_yet(client: WebClient, control: Control) -> None:
    control.fault("files.info", "slow", times=2)
    file_id = client.files_upload_v2(filename="map.png", content=PNG)["file"]["id"]

    assert client.files_info(file=file_id)["file"]["mimetype"] == ""
    refused("invalid_blocks", client.chat_postMessage, channel=GENERAL, text="x", blocks=[picture(file_id)])
    assert client.files_info(file=file_id)["file"]["mimetype"] == ""

    assert client.files_info(file=file_id)["file"]["mimetype"] == "image/png"
    assert client.chat_postMessage(channel=GENERAL, text="x", blocks=[picture(file_id)])["ok"]


def test_a_file_that_was_deleted_is_not_there_any_more(client: WebClient) -> None:
    file_id = client.files_upload_v2(filename="map.png", content=PNG)["file"]["id"]
    client.files_delete(file=file_id)

    refused("file_not_found", client.files_delete, file=file_id)


@pytest.mark.parametrize("name", ["notes.txt", "missing"])
def test_what_is_no_uploaded_picture_is_no_picture_block(client: WebClient, name: str) -> None:
    file_id = "F0MISSING"
    if name != "missing":
        file_id = client.files_upload_v2(filename=name, content=b"words")["file"]["id"]

    refused("invalid_blocks", client.chat_postMessage, channel=GENERAL, text="x", blocks=[picture(file_id)])


def test_other_files_are_saved_and_never_opened_by_the_page(client: WebClient, sandbox: Sandbox) -> None:
    file_id = client.files_upload_v2(filename="page.html", content=b"<script>")["file"]["id"]

    with urlopen(f"{sandbox.url}/files/{file_id}", timeout=5) as answer:
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_upload_of_another_length_than_promised_fails(client: WebClient, sandbox: Sandbox) -> None:
    promised = client.files_getUploadURLExternal(filename="a.png", length=3)

    with pytest.raises(ValueError, match="Expecting value"):
        exchange(promised["upload_url"], {"longer": "than three bytes"})
    with pytest.raises(SlackApiError, match="file_not_found"):
        client.files_completeUploadExternal(files=[{"id": promised["file_id"], "title": "a"}])


def test_an_upload_may_come_in_parts_of_a_form(client: WebClient, sandbox: Sandbox) -> None:
    promised = client.files_getUploadURLExternal(filename="a.png", length=len(PNG))
    part = b'--xyz\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
    request = Request(
        promised["upload_url"],
        part + PNG + b"\r\n--xyz--\r\n",
        {"Content-Type": "multipart/form-data; boundary=xyz"},
    )
    with urlopen(request, timeout=5) as answer:
        assert answer.status == 200


def test_a_file_of_no_length_is_refused(client: WebClient) -> None:
    refused("invalid_arguments", client.files_getUploadURLExternal, filename="a.png", length=0)
