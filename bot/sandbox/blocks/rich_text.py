"""Rich text: text in pieces, each with its style."""

from collections.abc import Mapping

from bot.sandbox.blocks.rules import Rule, Shape, any_value, boolean, by_type, choice, integer, items, string

STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
STYLE = Shape({}, dict.fromkeys(STYLES, boolean))
STYLED: Mapping[str, Rule] = {"style": STYLE}
MANY = 5000

PIECES: Mapping[str, Rule] = {
    "text": Shape({"text": string(40_000, 1)}, STYLED),
    "link": Shape({"url": string(3000, 1)}, {**STYLED, "text": string(40_000), "unsafe": boolean}),
    "user": Shape({"user_id": string(255, 1)}, STYLED),
    "channel": Shape({"channel_id": string(255, 1)}, STYLED),
    "usergroup": Shape({"usergroup_id": string(255, 1)}, STYLED),
    "broadcast": Shape({"range": choice("here", "channel", "everyone")}, STYLED),
    "emoji": Shape({"name": string(255, 1)}, {**STYLED, "unicode": string(255), "skin_tone": any_value}),
    "date": Shape(
        {"timestamp": integer(0, 2**53), "format": string(255, 1)},
        {**STYLED, "url": string(3000), "fallback": string(3000)},
    ),
    "color": Shape({"value": string(255, 1)}, STYLED),
}

SECTION = Shape({"elements": items(by_type(PIECES), 0, MANY)})
ONLY_TEXT = by_type({name: PIECES[name] for name in ("text", "link")})


PARTS: Mapping[str, Rule] = {
    "rich_text_section": SECTION,
    "rich_text_list": Shape(
        {"elements": items(by_type({"rich_text_section": SECTION}), 1, MANY), "style": choice("bullet", "ordered")},
        {"indent": integer(0, 8), "offset": integer(0, 10_000), "border": integer(0, 1)},
    ),
    "rich_text_preformatted": Shape(
        {"elements": items(ONLY_TEXT, 0, MANY)}, {"border": integer(0, 1), "language": string(255)}
    ),
    "rich_text_quote": Shape({"elements": items(by_type(PIECES), 0, MANY)}, {"border": integer(0, 1)}),
}

RICH_TEXT = items(by_type(PARTS), 1, MANY)
