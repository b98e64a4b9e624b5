"""Every block and element that the page draws, as messages, a Home and a form."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str, **more: Any) -> Json:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text, **more}


def option(number: int) -> Json:
    """One option of a menu; every other one is described."""
    described = {"description": plain("With a description")} if number % 2 else {}
    return {"text": plain(f"Option {number}"), "value": str(number), **described}


OPTIONS = [option(number) for number in range(1, 7)]
GROUPS = [
    {"label": plain("First group"), "options": OPTIONS[:3]},
    {"label": plain("Second group"), "options": OPTIONS[3:]},
]
CONFIRM = {
    "title": plain("Remove it?"),
    "text": mrkdwn("This *cannot* be undone."),
    "confirm": plain("Remove"),
    "deny": plain("Keep"),
    "style": "danger",
}
CHOICES = ("checkboxes", "radio_buttons", "overflow")
KINDS = ("static", "external", "users", "conversations", "channels")
SELECTS = tuple(f"{many}{kind}_select" for kind in KINDS for many in ("", "multi_"))
TYPED = ("email_text_input", "url_text_input", "number_input")
PICKERS = ("datepicker", "timepicker", "datetimepicker")


def element(kind: str, **more: Any) -> Json:
    """An interactive element of a kind with what it needs."""
    made: Json = {"type": kind, "action_id": f"use_{kind}"}
    if kind in CHOICES:
        made["options"] = OPTIONS[:3]
    elif kind != "datetimepicker":
        made["placeholder"] = plain(f"Pick by {kind}")
    if kind in ("static_select", "multi_static_select"):
        made["options"] = OPTIONS
    if kind == "number_input":
        made["is_decimal_allowed"] = True
    return {**made, **more}


def button(text: str, **more: Any) -> Json:
    """A button."""
    return {"type": "button", "action_id": f"press_{text.lower().replace(' ', '_')}", "text": plain(text), **more}


def section(text: str, **more: Any) -> Json:
    """A section with markup."""
    return {"type": "section", "text": mrkdwn(text), **more}


def field(kind: str) -> Json:
    """An optional field of a form."""
    label = kind.replace("_", " ").capitalize()
    return {
        "type": "input",
        "block_id": f"in_{kind}",
        "optional": True,
        "label": plain(label),
        "element": element(kind),
    }


def runs(*texts: str) -> Json:
    """A rich_text_section."""
    return {"type": "rich_text_section", "elements": [{"type": "text", "text": text} for text in texts]}


def bullets(style: str, indent: int, *texts: str) -> Json:
    """A rich_text_list."""
    return {"type": "rich_text_list", "style": style, "indent": indent, "elements": [runs(text) for text in texts]}


WORDS = [
    {"type": "header", "text": plain("A header :tada:")},
    section("*Bold* _italic_ ~strike~ `code` <https://example.com|a link> <@U1> <#C1> <!here> :rocket: 2 * 3 * 4"),
    section("<!date^1700000000^{date_long} at {time}|some day>\n> quoted\n```x = 1```"),
    {"type": "section", "text": mrkdwn("https://example.com stays", verbatim=True)},
    {"type": "section", "fields": [mrkdwn("*Department*\nMarketing"), plain("*not bold*"), mrkdwn("*Owner*\n<@U2>")]},
    {"type": "context", "elements": [mrkdwn("A *context* line"), plain("and plain words")]},
    {"type": "divider"},
    {"type": "image", "image_url": "https://example.invalid/none.png", "alt_text": "A chart", "title": plain("Chart")},
]
RICH = [
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Rich", "style": {"bold": True, "italic": True}},
                    {"type": "link", "url": "https://example.com", "text": "a link"},
                    {"type": "user", "user_id": "U1"},
                    {"type": "channel", "channel_id": "C1"},
                    {"type": "emoji", "name": "tada"},
                    {"type": "broadcast", "range": "here"},
                ],
            },
            bullets("bullet", 0, "one", "two"),
            bullets("bullet", 1, "nested"),
            bullets("ordered", 0, "first"),
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "A quote"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1"}]},
        ],
    },
    {"type": "markdown", "text": "# Title\n\n**bold** and [a link](https://example.com)\n\n- one\n  - two\n\n> quote"},
    {
        "type": "table",
        "column_settings": [{"is_wrapped": True}, {"align": "right"}],
        "rows": [
            [{"type": "raw_text", "text": "Stage"}, {"type": "raw_text", "text": "Count"}],
            [{"type": "rich_text", "elements": [runs("Claims")]}, {"type": "raw_text", "text": "3"}],
        ],
    },
]
ACCESSORIES = [
    section("A button at the side", accessory=button("Side button", value="1")),
    section("An overflow menu at the side", accessory=element("overflow")),
    *[section(f"At the side: {kind}", accessory=element(kind)) for kind in (*SELECTS, "datepicker", "timepicker")],
    *[section(f"At the side: {kind}", accessory=element(kind)) for kind in ("checkboxes", "radio_buttons")],
]
ACTIONS = [
    {
        "type": "actions",
        "elements": [
            button("Approve", style="primary", value="1"),
            button("Remove", style="danger", value="2", confirm=CONFIRM),
            button("Open page", url="https://example.com"),
            element("static_select", option_groups=GROUPS, options=None),
            element("datepicker", initial_date="2026-12-01", action_id="later"),
            element("overflow"),
        ],
    },
]
MESSAGES = {"words": WORDS, "rich": RICH, "accessories": ACCESSORIES, "actions": ACTIONS}
ALERTS = [{"type": "alert", "level": level, "text": mrkdwn(f"An alert: *{level}*")} for level in ("info", "error")]
FORM = {
    "type": "modal",
    "callback_id": "gallery",
    "title": plain("All fields"),
    "submit": plain("Send"),
    "blocks": [*ALERTS, *[field(kind) for kind in (*SELECTS, *PICKERS, *TYPED, "checkboxes", "radio_buttons")]],
}


def without_none(value: Any) -> Any:
    """A copy in which keys without a value are left out."""
    if isinstance(value, dict):
        return {key: without_none(item) for key, item in value.items() if item is not None}
    return [without_none(item) for item in value] if isinstance(value, list) else value
