from handlers.views.imports import imported_message
from tests.handlers.views.limits import LONG, accepted, words


def test_an_import_is_told_in_one_summary() -> None:
    said = words(imported_message({"source": "q1.csv", "new": 40, "unchanged": 3, "rejected": 2, "overlaps": 7}))

    assert "Imported from q1.csv: " in said
    assert "40 new, 3 unchanged, 2 rejected." in said
    assert "7 new overlaps were found" in said


def test_an_import_that_changed_nothing_says_so() -> None:
    assert "nothing new." in imported_message({}).text


def test_the_largest_summary_fits() -> None:
    accepted(imported_message({"source": LONG, "new": 10**9, "overlaps": 10**9}))
