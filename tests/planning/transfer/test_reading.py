import pytest

from planning.transfer.reading import read_table
from planning.transfer.values import TransferFault


def test_a_byte_order_mark_windows_line_ends_and_quoted_line_ends_are_read() -> None:
    table = read_table(b'\xef\xbb\xbftitle,problem\r\nA,"two\r\nlines"\r\nB,c\r\n')

    assert table.columns == ("title", "problem")
    assert [(row.line, row.cells) for row in table.rows] == [(2, ("A", "two\nlines")), (4, ("B", "c"))]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_in_the_header(delimiter: str) -> None:
    table = read_table(f'title{delimiter}"a, b; c"\nx{delimiter}y\n'.encode())

    assert (table.delimiter, table.rows[0].cells) == (delimiter, ("x", "y"))


def test_a_spreadsheets_own_line_about_the_delimiter_is_obeyed_and_lines_stay_right() -> None:
    table = read_table(b"sep=;\ntitle;a,b,c\nx;y\n")

    assert (table.columns, table.rows[0].line) == (("title", "a,b,c"), 3)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_with_its_mark_is_read(encoding: str) -> None:
    mark = "" if encoding == "utf-16" else "\ufeff"

    table = read_table(f"{mark}title\nBrücke\n".encode(encoding))

    assert (table.encoding, table.rows[0].cells) == ("utf-16", ("Brücke",))


def test_western_windows_text_is_read_and_said() -> None:
    table = read_table("title\nCafé – “naïve” plan\n".encode("cp1252"))

    assert (table.encoding, table.rows[0].cells) == ("cp1252", ("Café – “naïve” plan",))


def test_a_fault_in_utf_8_is_told_with_its_line_and_byte() -> None:
    with pytest.raises(TransferFault, match=r"Line 3, byte 4 \(0xff\)"):
        read_table("title\nBrücke\nabc".encode() + b"\xff\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "CSV UTF-8"),
        ("title\nabc\n".encode("utf-16-le"), "UTF-16"),
        (b"\xff\xfea", "UTF-16"),
        (b"title\n", "no rows"),
        (b"", "no rows"),
        (b'title,b\n"' + b"x" * 140_000, "line 2"),
    ],
    ids=["workbook", "utf-16 without mark", "half a character", "header only", "empty", "quotation mark left open"],
)
def test_a_file_that_cannot_be_read_says_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(TransferFault, match=said):
        read_table(content)


def test_rows_may_be_short_or_end_in_empty_cells_but_not_be_too_long() -> None:
    table = read_table(b"title,problem,,\nshort\nfull,b,,,\n\n,,\nlong,b,c\n")

    assert [row.cells for row in table.rows] == [("short", ""), ("full", "b")]
    assert [(issue.line, "3 cells" in issue.reason) for issue in table.issues] == [(6, True)]


def test_columns_without_a_name_or_with_the_same_name_are_told_apart() -> None:
    assert read_table(b"title,,title,title\na,b,c,d\n").columns == ("title", "column 2", "title (2)", "title (3)")


def test_a_form_feed_within_a_cell_ends_no_line() -> None:
    table = read_table("title,b\na\x0cb\u2028c,d\ne,f\n".encode())

    assert [row.line for row in table.rows] == [2, 3]
