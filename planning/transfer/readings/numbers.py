"""Numbers as people write them in spreadsheets; one that could be two is refused."""

import re
from math import isfinite

from planning.transfer.rowcells import Unreadable

_SIGNS = re.compile(r"[%£$€]")
_THOUSANDS = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))|(?<=^[+-])\s+")
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE)
_COMMAS = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3}){2,}|(?:,\d{3})+(?=\.))(?:\.\d+)?")
_POINTS = re.compile(r"[+-]?\d{1,3}(?:(?:\.\d{3}){2,}|(?:\.\d{3})+(?=,))(?:,\d+)?")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")


def number_in(text: str) -> float:
    """The number in a cell, with its sign of money or per cent; raises Unreadable."""
    bare = _bare(text)
    if _EITHER.fullmatch(bare):
        whole, point = bare.replace(",", ""), bare.replace(",", ".")
        raise Unreadable(f"could be {whole} or {point}; write it without the comma")
    number = float(_pointed(bare))
    if not isfinite(number):
        raise Unreadable("is too large a number; check it")
    return number


def count_in(text: str) -> int:
    """The whole number in a cell, 1,200 included; raises Unreadable."""
    bare = _bare(text)
    number = number_in(bare.replace(",", "") if _EITHER.fullmatch(bare) else bare)
    if not number.is_integer():
        raise Unreadable("is not a whole number")
    return int(number)


def _bare(text: str) -> str:
    """The number alone: white space may part thousands, and anything else than thousands it may not."""
    return _THOUSANDS.sub("", _SIGNS.sub("", text).strip().replace("−", "-"))


def _pointed(bare: str) -> str:
    if _PLAIN.fullmatch(bare):
        return bare
    if _COMMAS.fullmatch(bare):
        return bare.replace(",", "")
    if _POINTS.fullmatch(bare) or _DECIMAL_COMMA.fullmatch(bare):
        return bare.replace(".", "").replace(",", ".")
    raise Unreadable("is not a number; write it as 42.5")
