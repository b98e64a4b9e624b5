"""What somebody who means harm, or a program that is broken, puts where a text or a value is awaited."""

import json
from typing import Any

from hypothesis import strategies as st

HALF = "\ud800"
TEXTS = (
    "",
    " ",
    "<!channel> <!here|here> <!everyone> @here @channel",
    "<@U0ADA> <@U0ADA|ada> <#C0MARKET|market> <!subteam^S1>",
    "<https://evil.test|our form> <mailto:a@evil.test|write> https://evil.test/?a=1&b=<2>",
    "<!date^1700000000^{date}^https://evil.test|now>",
    "&lt;!channel&gt; &amp; & < >",
    "*bold* _it_ ~gone~ `code` ```fence``` > quote :tada: :skull:",
    "\u202eturned\u202c \u2066held\u2069 \u200b\u200d\ufeff\u200f שלום عربي",
    "n\u0303o\u0308" + "\u0301" * 60,
    "👩‍👩‍👧‍👦🏳️‍🌈 営業部門 ไทย",
    f"a\x00b\x07{HALF}c\x1b[31m",
    "first\nsecond\r\n\tthird\u2028fourth\x85fifth",
    "=cmd|' /C calc'!A0",
    "+1+cmd",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "'=1",
    "BEGIN:VALARM\r\nATTENDEE:mailto:a@evil.test\r\nEND:VALARM",
    r"$\frac{1}{0}$ $x_ \alpha \\ {{",
    "{} {0} {title} %s %(x)s ${x} '; DROP TABLE people; --",
    "../../../etc/passwd",
    "w" * 9_000,
    "so on and on " * 2_000,
    "1" * 400,
    "[" * 1_000,
    "🎉" * 3_000,
)
NUMBERS = ("0", "-1", "2147483648", "9" * 30, "1e400", "NaN", "-inf", "1.5", "1,5", "٣", "0x10", "1_000", "99999999")
DAYS = ("2027-02-30", "0000-00-00", "9999-12-31", "0001-01-01", "2027-3-1", "tomorrow", "25:00", "10:00:00Z")
_WRONG: tuple[Any, ...] = (None, {}, [], "x", 7, {"id": 9**40}, {"first": None}, {"plan": -1}, {"id": [1]})
NOTES = tuple(map(json.dumps, _WRONG))
ODD: tuple[Any, ...] = (None, 0, -1, 2**63, 1.5, True, [], {}, [None], ["x"], {"x": 1}, {"value": "1"}, [[]])

texts = st.one_of(st.sampled_from(TEXTS), st.text(max_size=200))
words = st.one_of(texts, st.sampled_from(NUMBERS + DAYS + NOTES))
"""Something else to say, where something is said."""
THINGS: tuple[Any, ...] = (*TEXTS, *NUMBERS, *DAYS, *NOTES, *ODD)
"""Anything that JSON can hold."""
things = st.one_of(words, st.sampled_from(ODD))
