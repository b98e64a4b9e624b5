"""From a file's bytes to a table: which encoding, which delimiter, which line each record begins on."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import count

from planning.text import clip, one_line
from planning.transfer.cells import bare
from planning.transfer.values import Issue, IssueKind, Row, Table, TransferFault

DELIMITERS = (",", ";", "\t", "|")
COLUMN_MAX = 200
CELL_MAX = 131_072
"""The csv module's own limit for one cell; more means a quotation mark that is never closed."""
_CP1252_TEXT = re.compile("[A-Za-zÀ-ÖØ-öø-ÿŠŽšžŸŒœƒ0-9\\s!-~€‚„…†‡‰‹‘’“”•–—™›¡¢£¥§©«¬®°±²³´µ·¹º»¼½¾¿×÷\u00a0]*")

_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_SEVERAL_BYTES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf1-\xf4][\x80-\xbf]{3}")


def read_table(content: bytes) -> Table:
    """The table in a CSV file; raises TransferFault when there is none, reports records that do not fit."""
    text, encoding = _decoded(content)
    text, delimiter = _delimited(text.replace("\r\n", "\n").replace("\r", "\n"))
    records = list(_records(text, delimiter))
    if len(records) < 2:
        raise TransferFault("The file has no rows below its header line. Check that it is the right file.")
    columns = _columns(records[0].cells)
    fitted = [_fitted(row, len(columns)) for row in records[1:]]
    rows = tuple(row for row in fitted if isinstance(row, Row))
    issues = tuple(issue for issue in fitted if isinstance(issue, Issue))
    return Table(columns, rows, issues, encoding, delimiter)


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith(b"PK\x03\x04"):
        raise TransferFault("This is a spreadsheet workbook. Save it as “CSV UTF-8” and import that file.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf16(content), "utf-16"
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _western(content, error), "cp1252"
    if text.count("\0") > len(text) // 4:
        raise TransferFault("The file looks like UTF-16 without its mark. Save it as “CSV UTF-8” and try again.")
    return text, "utf-8"


def _utf16(content: bytes) -> str:
    try:
        return content.decode("utf-16")
    except UnicodeDecodeError as error:
        raise TransferFault(
            f"The file begins as UTF-16 but byte {error.start} is not. Save it as “CSV UTF-8” and try again."
        ) from error


def _western(content: bytes, error: UnicodeDecodeError) -> str:
    """The text as Windows writes it in western Europe, when nothing speaks against that."""
    text = content.decode("cp1252", errors="replace")
    if _has_utf8(content) or not _CP1252_TEXT.fullmatch(text):
        line = content.count(b"\n", 0, error.start) + 1
        place = error.start - (content.rfind(b"\n", 0, error.start) + 1)
        raise TransferFault(
            f"Line {line}, byte {place + 1} (0x{content[error.start]:02x}) is not UTF-8. "
            "Save the file as “CSV UTF-8” and try again."
        ) from error
    return text


def _has_utf8(content: bytes) -> bool:
    """Whether a character of several bytes is there: then the file is UTF-8 with a fault in it."""
    return _SEVERAL_BYTES.search(content) is not None


def _delimited(text: str) -> tuple[str, str]:
    """The text without a spreadsheet's `sep=` line, and the delimiter with which the header has most columns."""
    told = re.match(r"sep=(.)\n", text, re.IGNORECASE)
    if told is not None:
        return "\n" + text[told.end() :], told[1]
    header = _QUOTED.sub("", text[:CELL_MAX]).strip("\n").split("\n")[0]
    return text, max(DELIMITERS, key=header.count)


def _lines(text: str) -> Iterator[str]:
    """Only a line feed ends a line; `splitlines` would break at a form feed within a cell too."""
    return (found[0] for found in re.finditer(r"[^\n]*\n|[^\n]+", text))


def _records(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(_lines(text), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(line, tuple(cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise TransferFault(
            f"The record that begins on line {line} cannot be read ({error}). "
            "Perhaps a quotation mark there is never closed."
        ) from error


def _columns(cells: Sequence[str]) -> tuple[str, ...]:
    """Names that are never empty and never the same."""
    taken: dict[str, None] = {}
    for place, cell in enumerate(_trimmed(cells), start=1):
        name = clip(one_line(bare(cell)), COLUMN_MAX) or f"column {place}"
        free = name if name not in taken else next(n for k in count(2) if (n := f"{name} ({k})") not in taken)
        taken[free] = None
    return tuple(taken)


def _trimmed(cells: Sequence[str]) -> Sequence[str]:
    used = max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    return cells[:used]


def _fitted(row: Row, width: int) -> Row | Issue:
    if any(cell.strip() for cell in row.cells[width:]):
        reason = (
            f"has {len(_trimmed(row.cells))} cells, but the header names {width} columns; "
            "put quotation marks around text that holds the delimiter"
        )
        return Issue(row.line, IssueKind.REJECTED, reason)
    padded = (*row.cells[:width], *([""] * (width - len(row.cells))))
    return Row(row.line, tuple(bare(cell) for cell in padded))
