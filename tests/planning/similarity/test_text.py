import pytest

from planning.similarity import text_of


@pytest.mark.parametrize(
    ("title", "problem", "text"),
    [
        ("Plain letters", "People ring us.", "Plain letters. People ring us."),
        ("Why so dear? ", " People ring us.", "Why so dear? People ring us."),
        ("Plain letters", "", "Plain letters"),
        ("", "People ring us.", "People ring us."),
        (" ", "\n", ""),
    ],
)
def test_the_title_is_a_sentence_before_the_problem(title: str, problem: str, text: str) -> None:
    assert text_of(title, problem) == text
