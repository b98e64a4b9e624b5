from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.encoder import open_encoder
from planning.similarity import Floats
from planning.similarity.training.judgements import judged_sets, read_judgements
from planning.similarity.training.unseen import KeptEncoder, Unseen
from tests.benchmarks import default
from tests.benchmarks.default import encoder_before, unseen_encoder
from tests.shared_data import FOLDER, shared_data

TEXT = "Plain renewal letters. Members do not see why the price went up."
BEFORE, AFTER = np.eye(384, dtype=np.float32)[:2]


class Nobody:
    """An encoder that must not be asked."""

    version = "nobody"
    dimension = 384

    def encode(self, texts: Sequence[str]) -> Floats:
        """Refuse."""
        raise AssertionError(f"nothing is kept of {texts[0]!r}")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Vectors of TEXT alone are kept."""
    Unseen.of([TEXT], BEFORE[None], AFTER[None]).write(tmp_path / "unseen.npz")
    monkeypatch.setattr(default, "KEPT", tmp_path / "unseen.npz")


@pytest.mark.usefixtures("kept")
def test_a_judged_text_is_read_by_an_encoder_to_which_its_set_is_new() -> None:
    assert np.array_equal(unseen_encoder().encode([TEXT]), [AFTER])


@pytest.mark.usefixtures("kept")
def test_a_judged_text_is_read_by_the_encoder_before_it_learnt() -> None:
    assert np.array_equal(encoder_before().encode([TEXT]), [BEFORE])


@pytest.mark.usefixtures("kept")
def test_a_text_that_nobody_judged_is_read_by_the_packaged_encoder() -> None:
    assert np.array_equal(unseen_encoder().encode(["Plant trees."]), open_encoder().encode(["Plant trees."]))


def test_without_the_kept_vectors_the_figures_are_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(default, "KEPT", tmp_path / "unseen.npz")

    with pytest.raises(SystemExit, match=r"python -m planning\.similarity\.training"):
        unseen_encoder()


def test_of_every_judged_text_the_vectors_are_kept() -> None:
    sets = judged_sets(read_judgements(shared_data("gold/judgements.csv")), FOLDER)
    texts = [told.text for judged in sets for told in judged.told]
    kept = Unseen.read()

    for vectors in (kept.before, kept.after):
        assert KeptEncoder(kept.keys, vectors, Nobody(), "kept").encode(texts).any(axis=1).mean() > 0.99
