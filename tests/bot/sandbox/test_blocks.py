"""Every block, element and composition object: what Slack takes, and its words for what it does not."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    CheckboxesElement,
    ConfirmObject,
    ContextBlock,
    DatePickerElement,
    DateTimePickerElement,
    DividerBlock,
    EmailInputElement,
    ExternalDataSelectElement,
    HeaderBlock,
    ImageBlock,
    InputBlock,
    MarkdownTextObject,
    NumberInputElement,
    Option,
    OptionGroup,
    OverflowMenuElement,
    PlainTextInputElement,
    RadioButtonsElement,
    SectionBlock,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
    UrlInputElement,
    UserMultiSelectElement,
    UserSelectElement,
)

from bot.sandbox.blocks.check import checked_blocks, checked_view
from bot.sandbox.blocks.rules import Surface
from bot.sandbox.errors import SlackError
from bot.sandbox.ids import Ids
from tests.bot.sandbox.world import Json, button, field, modal, plain, section


def post(*blocks: Json) -> list[Json]:
    return checked_blocks(list(blocks), Ids(), lambda _file: False)


def show(*blocks: Json, surface: Surface = "modal", **more: Any) -> Json:
    view = modal(*blocks, **more) if surface == "modal" else {"type": "home", "blocks": list(blocks), **more}
    return checked_view(view, surface, Ids(), lambda _file: False)


def problems(call: Callable[..., Any], *blocks: Json, **more: Any) -> tuple[str, ...]:
    with pytest.raises(SlackError) as caught:
        call(*blocks, **more)
    return caught.value.messages


def option(value: str = "1", **more: Any) -> Json:
    return {"text": plain(value), "value": value, **more}


def many(count: int) -> list[Json]:
    return [option(str(each)) for each in range(count)]


def element(kind: str, **more: Any) -> Json:
    return {"type": "actions", "elements": [{"type": kind, "action_id": "a", **more}]}


def asked(kind: str, **more: Any) -> Json:
    return {"type": "input", "label": plain("Label"), "element": {"type": kind, "action_id": "a", **more}}


def with_accessory(kind: str, **more: Any) -> Json:
    return section(accessory={"type": kind, "action_id": "a", **more})


RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Hello ", "style": {"bold": True}},
                {"type": "user", "user_id": "U1"},
                {"type": "link", "url": "https://acorn.example", "text": "there"},
                {"type": "emoji", "name": "tada"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "code"}]},
    ],
}


def table(rows: int = 1, cells: int = 1, text: str = "x", **more: Any) -> Json:
    row = [{"type": "raw_text", "text": text}] * cells
    return {"type": "table", "rows": [row] * rows, **more}


@pytest.mark.parametrize(
    "block",
    [
        RICH,
        table(100, 20),
        table(rows=2, cells=2, column_settings=[{"align": "right"}, {"is_wrapped": True}]),
        {"type": "markdown", "text": "x" * 12_000},
        section(fields=[plain("x" * 2000)] * 5),
        with_accessory("overflow", options=many(5)),
        with_accessory("multi_static_select", options=many(100), max_selected_items=2),
        section(accessory={"type": "image", "image_url": "https://acorn.example/a.png", "alt_text": "A"}),
        element("datetimepicker", initial_date_time=1_700_000_000),
        element("conversations_select", filter={"include": ["public"]}, default_to_current_conversation=True),
        element("channels_select", initial_channel="C1"),
        element("static_select", option_groups=[{"label": plain("G"), "options": many(3)}]),
    ],
)
def test_what_slack_takes_in_a_message_is_taken(block: Json) -> None:
    assert post(block)


def test_whatever_the_sdk_builds_is_taken() -> None:
    options = [Option(text="One", value="1", description="First"), Option(text="Two", value="2")]
    confirm = ConfirmObject(title="Sure?", text="It cannot be undone", confirm="Yes", deny="No")
    blocks = [
        HeaderBlock(text="Head"),
        SectionBlock(text=MarkdownTextObject(text="*x*", verbatim=True), accessory=UserSelectElement(action_id="u")),
        ContextBlock(elements=[MarkdownTextObject(text="small")]),
        DividerBlock(),
        ImageBlock(image_url="https://acorn.example/a.png", alt_text="A", title="Title"),
        ActionsBlock(
            elements=[
                ButtonElement(text="Go", action_id="b", value="1", style="primary", confirm=confirm),
                OverflowMenuElement(action_id="o", options=options, confirm=confirm),
                StaticSelectElement(action_id="s", options=options, initial_option=options[0]),
                ExternalDataSelectElement(action_id="e", min_query_length=0, placeholder="Type"),
                DatePickerElement(action_id="d", initial_date="2026-11-21"),
                TimePickerElement(action_id="t", initial_time="09:30"),
                DateTimePickerElement(action_id="dt"),
                CheckboxesElement(action_id="c", options=options, initial_options=options[:1]),
                RadioButtonsElement(action_id="r", options=options, initial_option=options[1]),
            ]
        ),
    ]

    assert len(post(*(block.to_dict() for block in blocks))) == len(blocks)


def test_whatever_inputs_the_sdk_builds_are_taken() -> None:
    groups = [OptionGroup(label="G", options=[Option(text="One", value="1")])]
    elements = [
        PlainTextInputElement(action_id="a", multiline=True, min_length=1, max_length=10, initial_value="x"),
        EmailInputElement(action_id="a"),
        UrlInputElement(action_id="a"),
        NumberInputElement(action_id="a", is_decimal_allowed=False, min_value="1", max_value="9"),
        StaticMultiSelectElement(action_id="a", option_groups=groups),
        UserMultiSelectElement(action_id="a", initial_users=["U1"], max_selected_items=3, placeholder="Who"),
    ]
    blocks = [InputBlock(label="L", element=each, hint="H", optional=True).to_dict() for each in elements]

    assert len(show(*blocks)["blocks"]) == len(elements)


MANY_SECTIONS = [section() for _ in range(51)]


@pytest.mark.parametrize(
    ("blocks", "words", "pointer"),
    [
        ([{"type": "starfield"}], "unsupported type: starfield", "/blocks/0/type"),
        ([{"text": "x"}], "missing required field: type", "/blocks/0"),
        (["x"], "must provide an object", "/blocks/0"),
        (MANY_SECTIONS, "no more than 50 items allowed", "/blocks"),
        ([section("x" * 3001)], "must be less than 3001 characters", "/blocks/0/text/text"),
        ([section("")], "must be more than 0 characters", "/blocks/0/text/text"),
        ([{"type": "section"}], "must provide at least one of: text, fields", "/blocks/0"),
        ([section(fields=[plain("x")] * 11)], "no more than 10 items allowed", "/blocks/0/fields"),
        ([section(fields=[plain("x" * 2001)])], "must be less than 2001 characters", "/blocks/0/fields/0/text"),
        ([section(colour="red")], "invalid additional property: colour", "/blocks/0"),
        ([section(block_id="x" * 256)], "must be less than 256 characters", "/blocks/0/block_id"),
        ([section(block_id="a"), section(block_id="a")], "`block_id` a already exists", "/blocks/0/block_id"),
        (
            [{"type": "section", "text": plain("x") | {"verbatim": True}}],
            "invalid additional property: verbatim",
            "/blocks/0/text",
        ),
        (
            [{"type": "header", "text": plain("x" * 151)}],
            "must be less than 151 characters",
            "/blocks/0/text/text",
        ),
        (
            [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
            "unsupported type: mrkdwn",
            "/blocks/0/text/type",
        ),
        ([{"type": "context", "elements": [plain("x")] * 11}], "no more than 10 items allowed", "/blocks/0/elements"),
        ([{"type": "context", "elements": []}], "no less than 1 items allowed", "/blocks/0/elements"),
        (
            [{"type": "actions", "elements": [button()["elements"][0] | {"action_id": str(n)} for n in range(26)]}],
            "no more than 25 items allowed",
            "/blocks/0/elements",
        ),
        (
            [{"type": "actions", "elements": button()["elements"] * 2}],
            "`action_id` go already exists",
            "/blocks/0/elements",
        ),
        ([button(text=plain("x" * 76))], "must be less than 76 characters", "/blocks/0/elements/0/text/text"),
        ([button(value="x" * 2001)], "must be less than 2001 characters", "/blocks/0/elements/0/value"),
        ([button(url="x" * 3001)], "must be less than 3001 characters", "/blocks/0/elements/0/url"),
        ([button(style="loud")], "must be one of: primary, danger", "/blocks/0/elements/0/style"),
        (
            [button(accessibility_label="x" * 76)],
            "must be less than 76 characters",
            "/blocks/0/elements/0/accessibility_label",
        ),
        (
            [
                button(
                    confirm={
                        "title": plain("x" * 101),
                        "text": plain("x"),
                        "confirm": plain("x"),
                        "deny": plain("x"),
                    }
                )
            ],
            "must be less than 101 characters",
            "/blocks/0/elements/0/confirm/title/text",
        ),
        ([button(confirm={"title": plain("x")})], "missing required field: deny", "/blocks/0/elements/0/confirm"),
        (
            [element("static_select", options=many(101))],
            "no more than 100 items allowed",
            "/blocks/0/elements/0/options",
        ),
        ([element("static_select", options=[])], "no less than 1 items allowed", "/blocks/0/elements/0/options"),
        (
            [element("static_select")],
            "must provide exactly one of: options, option_groups",
            "/blocks/0/elements/0",
        ),
        (
            [element("static_select", options=[option("x" * 76)])],
            "must be less than 76 characters",
            "/blocks/0/elements/0/options/0/text/text",
        ),
        (
            [element("static_select", options=[{"text": plain("x"), "value": "x" * 151}])],
            "must be less than 151 characters",
            "/blocks/0/elements/0/options/0/value",
        ),
        (
            [element("static_select", options=[option(description=plain("x" * 76))])],
            "must be less than 76 characters",
            "/blocks/0/elements/0/options/0/description/text",
        ),
        (
            [element("static_select", options=many(2), initial_option=option("7"))],
            "must match one of the provided options",
            "/blocks/0/elements/0/initial_option",
        ),
        (
            [element("static_select", options=[option(), option()])],
            "options must have unique values",
            "/blocks/0/elements/0",
        ),
        (
            [element("static_select", option_groups=[{"label": plain("x" * 76), "options": many(1)}])],
            "must be less than 76 characters",
            "/blocks/0/elements/0/option_groups/0/label/text",
        ),
        (
            [element("static_select", options=many(1), placeholder=plain("x" * 151))],
            "must be less than 151 characters",
            "/blocks/0/elements/0/placeholder/text",
        ),
        ([element("overflow", options=many(6))], "no more than 5 items allowed", "/blocks/0/elements/0/options"),
        ([element("checkboxes", options=many(11))], "no more than 10 items allowed", "/blocks/0/elements/0/options"),
        ([element("radio_buttons", options=many(11))], "no more than 10 items allowed", "/blocks/0/elements/0/options"),
        (
            [element("datepicker", initial_date="21.11.2026")],
            "must be a date in the format YYYY-MM-DD",
            "/blocks/0/elements/0/initial_date",
        ),
        (
            [element("timepicker", initial_time="9:30")],
            "must be a time in the format HH:MM",
            "/blocks/0/elements/0/initial_time",
        ),
        ([element("plain_text_input")], "unsupported type: plain_text_input", "/blocks/0/elements/0/type"),
        (
            [with_accessory("multi_users_select", max_selected_items=0)],
            "must be a number between 1 and 1000",
            "/blocks/0/accessory/max_selected_items",
        ),
        (
            [{"type": "image", "image_url": "https://a.example/x.png"}],
            "missing required field: alt_text",
            "/blocks/0",
        ),
        (
            [{"type": "image", "image_url": "https://a.example/x.png", "alt_text": "x" * 2001}],
            "must be less than 2001 characters",
            "/blocks/0/alt_text",
        ),
        (
            [{"type": "image", "alt_text": "x"}],
            "must provide exactly one of: image_url, slack_file",
            "/blocks/0",
        ),
        (
            [{"type": "image", "alt_text": "x", "slack_file": {"id": "F1"}}],
            "invalid slack file",
            "/blocks/0/slack_file",
        ),
        ([{"type": "markdown", "text": "x" * 12_001}], "must be less than 12001 characters", "/blocks/0/text"),
        ([table(101)], "no more than 100 items allowed", "/blocks/0/rows"),
        ([table(1, 21)], "no more than 20 items allowed", "/blocks/0/rows/0"),
        ([table(2, 2, "x" * 2501)], "must be less than 10001 characters", "/blocks/0/rows"),
        ([{"type": "alert", "text": plain("x")}], "unsupported type: alert", "/blocks/0/type"),
        ([asked("email_text_input")], "unsupported type: email_text_input", "/blocks/0/element/type"),
        (
            [{"type": "rich_text", "elements": [{"type": "rich_text_song", "elements": []}]}],
            "unsupported type: rich_text_song",
            "/blocks/0/elements/0/type",
        ),
    ],
)
def test_what_slack_refuses_in_a_message_is_refused_with_the_place(
    blocks: list[Json], words: str, pointer: str
) -> None:
    assert f"[ERROR] {words} [json-pointer:{pointer}]" in problems(post, *blocks)


def test_two_tables_in_one_message_have_their_own_word() -> None:
    with pytest.raises(SlackError, match="only_one_table_allowed"):
        post(table(), table())


@pytest.mark.parametrize(
    ("blocks", "more", "words", "pointer"),
    [
        ([], {"title": plain("x" * 25)}, "must be less than 25 characters", "/view/title/text"),
        ([], {"submit": plain("x" * 25)}, "must be less than 25 characters", "/view/submit/text"),
        ([], {"close": plain("x" * 25)}, "must be less than 25 characters", "/view/close/text"),
        ([], {"private_metadata": "x" * 3001}, "must be less than 3001 characters", "/view/private_metadata"),
        ([], {"callback_id": "x" * 256}, "must be less than 256 characters", "/view/callback_id"),
        ([], {"type": "dialog"}, "must be one of: modal", "/view/type"),
        ([], {"submit": None}, "must define `submit` to use an `input` block in modals", "/view"),
        ([section()] * 101, {}, "no more than 100 items allowed", "/view/blocks"),
        ([table()], {}, "unsupported type: table", "/view/blocks/0/type"),
        ([{"type": "markdown", "text": "x"}], {}, "unsupported type: markdown", "/view/blocks/0/type"),
        (
            [{"type": "alert", "text": plain("x" * 201)}],
            {},
            "must be less than 201 characters",
            "/view/blocks/0/text/text",
        ),
        ([field(hint=plain("x" * 2001))], {}, "must be less than 2001 characters", "/view/blocks/0/hint/text"),
        ([field(label=plain("x" * 2001))], {}, "must be less than 2001 characters", "/view/blocks/0/label/text"),
        ([asked("button", text=plain("x"))], {}, "unsupported type: button", "/view/blocks/0/element/type"),
        (
            [asked("plain_text_input", max_length=3001)],
            {},
            "must be a number between 1 and 3000",
            "/view/blocks/0/element/max_length",
        ),
        (
            [asked("plain_text_input", max_length=2, initial_value="long")],
            {},
            "must be less than 3 characters",
            "/view/blocks/0/element/initial_value",
        ),
        (
            [asked("plain_text_input", min_length=3, max_length=2)],
            {},
            "min_length must be less than or equal to max_length",
            "/view/blocks/0/element",
        ),
        (
            [asked("number_input")],
            {},
            "missing required field: is_decimal_allowed",
            "/view/blocks/0/element",
        ),
        (
            [
                asked("plain_text_input", focus_on_load=True),
                asked("plain_text_input", focus_on_load=True) | {"block_id": "b"},
            ],
            {},
            "only one element can have focus_on_load",
            "/view/blocks",
        ),
    ],
)
def test_what_slack_refuses_in_a_modal_is_refused_with_the_place(
    blocks: list[Json], more: Json, words: str, pointer: str
) -> None:
    assert f"[ERROR] {words} [json-pointer:{pointer}]" in problems(show, *blocks, **more)


def test_a_home_takes_a_hundred_blocks_but_no_date_with_time() -> None:
    assert len(show(*[section()] * 100, surface="home")["blocks"]) == 100
    assert problems(show, element("datetimepicker"), surface="home")


def test_an_answer_address_is_asked_for_in_modals_only() -> None:
    block = asked("conversations_select", response_url_enabled=True)

    assert show(block)
    assert problems(show, block, surface="home")


def test_a_view_of_more_than_250_kilobytes_is_too_large() -> None:
    with pytest.raises(SlackError, match="view_too_large"):
        show(*[section("x" * 2990) for _ in range(90)])


def test_blocks_and_elements_without_ids_are_given_some() -> None:
    made = post(section(), element("users_select", action_id=None), with_accessory("users_select", action_id=None))

    assert all(block["block_id"] for block in made)
    assert made[1]["elements"][0]["action_id"] != made[2]["accessory"]["action_id"]


def test_a_picture_is_taken_once_it_can_be_shown() -> None:
    picture = {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "x"}

    assert checked_blocks([picture], Ids(), lambda name: name == "F1")
