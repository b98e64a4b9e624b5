import pytest

from bot.encoder import open_encoder
from tests.benchmarks.languages import ENGLISH, LANGUAGES, bare_encoder, understood


@pytest.mark.parametrize("language", sorted({*LANGUAGES} - {"English"}))
def test_texts_in_another_language_are_left_unread_and_not_found_alike(language: str) -> None:
    it = understood(bare_encoder(), open_encoder(), LANGUAGES[language])

    assert it.unread == 1
    assert it.within > understood(bare_encoder(), open_encoder(), ENGLISH).within + 0.15


def test_english_is_read() -> None:
    it = understood(bare_encoder(), open_encoder(), ENGLISH)

    assert (it.recall_at_1, it.unread, it.false_alerts) == (1, 0, 0)
