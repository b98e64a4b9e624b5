import pytest

from planning.similarity.language import is_english


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("parcel tracking for the customers of every shop in the country and abroad on one page", True),
        ("ko ##fa ##x r ##pa bots", True),
        ("lex ##is ##ne ##xi ##s", True),
        ("sci ##kit git ##lab gun ##icorn and the re ##med ##y tickets of the ju ##py ##ter ##hub", True),
        ("eine pf ##leg ##ek ##raft ru ##ft zur ##uc ##k bin ##nen z ##wei tag ##en nach der heim", False),
        ("客 户 每 天", False),
        ("а ##б ##в", False),
        ("[UNK] [UNK] app", False),
        ("the shop in 東 京", True),
    ],
    ids=["English", "name", "long name", "names in a sentence", "German", "Chinese", "Cyrillic", "emoji", "one name"],
)
def test_a_text_is_read_when_it_is_english_or_short(text: str, read: bool) -> None:
    assert is_english(text.split()) is read


def test_the_start_of_a_longer_word_is_no_common_word() -> None:
    broken = ["all", "##ein"] * 8

    assert not is_english(broken)
    assert is_english(["all", "##ein"] * 7 + ["all", "our"])
