import hashlib
import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from bot.encoder import PACKAGED, EncoderFilesError, Manifest, PackagedEncoder, open_encoder
from planning.similarity import Encoder

LONG = "Plain letters. Members ring us because nobody can see from the letter why the price went up."


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return shutil.copytree(PACKAGED, tmp_path / "encoder")


def test_the_packaged_encoder_encodes() -> None:
    encoder: Encoder = open_encoder()

    rows = encoder.encode([LONG, ""])

    assert rows.shape == (2, encoder.dimension)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 0], abs=1e-6)


def test_of_few_words_it_is_less_sure() -> None:
    lengths = np.linalg.norm(open_encoder().encode(["Letters", "Plain letters for members", LONG]), axis=1)

    assert lengths[0] < lengths[1] < lengths[2]


def test_the_same_folder_gives_the_same_encoder_to_every_thread() -> None:
    with ThreadPoolExecutor(8) as threads:
        opened = list(threads.map(lambda _: open_encoder(), range(32)))

    assert {id(each) for each in opened} == {id(open_encoder(PACKAGED))}


def test_threads_that_ask_at_once_get_the_same_vectors(copied: Path) -> None:
    encoder = PackagedEncoder(copied)

    with ThreadPoolExecutor(4) as threads:
        first, *others = threads.map(encoder.encode, [["Plain letters", "Explain the premium"]] * 8)

    assert all(np.array_equal(first, rows) for rows in others)


def test_the_files_are_read_once(copied: Path) -> None:
    encoder = PackagedEncoder(copied)
    before = encoder.encode(["Plain letters"])
    shutil.rmtree(copied)

    assert np.array_equal(encoder.encode(["Plain letters"]), before)


def test_opening_and_asking_for_the_version_loads_no_runtime() -> None:
    program = (
        "import sys; from bot.encoder import open_encoder;"
        "encoder = open_encoder(); encoder.version; encoder.dimension;"
        "print({'onnxruntime', 'tokenizers'} & set(sys.modules)); encoder.encode(['a word']);"
        "print({'onnxruntime', 'tokenizers'} <= set(sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.split("\n")[:2] == ["set()", "True"]


@pytest.mark.parametrize("name", ["model.onnx", "vocab.txt"])
def test_a_changed_file_is_refused_with_a_way_out(copied: Path, name: str) -> None:
    with (copied / name).open("ab") as file:
        file.write(b"\n")

    with pytest.raises(EncoderFilesError, match=rf"{name} is not the file .* Reinstall Concord"):
        PackagedEncoder(copied).encode(["Plain letters"])


def test_a_missing_model_is_refused_with_a_way_out(copied: Path) -> None:
    (copied / "model.onnx").unlink()

    with pytest.raises(EncoderFilesError, match=r"model\.onnx is missing\. Reinstall Concord"):
        PackagedEncoder(copied).encode(["Plain letters"])


def test_a_description_that_tells_the_dimension_wrongly_is_refused_with_a_way_out(copied: Path) -> None:
    described = copied / "encoder.json"
    described.write_text(json.dumps(json.loads(described.read_text()) | {"dimension": 7}))

    with pytest.raises(EncoderFilesError, match=r"numbers for a text where encoder\.json says 7\. Reinstall Concord"):
        PackagedEncoder(copied).encode(["Plain letters"])


def test_a_failed_load_is_tried_again(copied: Path) -> None:
    moved = (copied / "model.onnx").rename(copied / "elsewhere")
    encoder = PackagedEncoder(copied)
    with pytest.raises(EncoderFilesError):
        encoder.encode(["Plain letters"])
    moved.rename(copied / "model.onnx")

    assert encoder.encode(["Plain letters"]).any()


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]"])
def test_a_spoiled_description_is_refused_when_it_is_opened(copied: Path, content: bytes) -> None:
    (copied / "encoder.json").write_bytes(content)

    with pytest.raises(EncoderFilesError, match=r"encoder\.json is not a description"):
        open_encoder(copied)


def test_every_packaged_file_is_described_and_small_enough_to_keep() -> None:
    manifest = Manifest.model_validate_json((PACKAGED / "encoder.json").read_bytes())
    files = {path.name: path.read_bytes() for path in PACKAGED.iterdir() if path.name != "encoder.json"}

    assert manifest.sha256 == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert set(files) == {"model.onnx", "vocab.txt", "LICENSE", "NOTICE", "CARD.md"}
    assert sum(map(len, files.values())) < 25_000_000
