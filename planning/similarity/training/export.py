"""From what was learnt to the files that the product reads: int8 weights, checked against the float model."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import numpy as np

from planning.similarity.minilm import MiniLm
from planning.similarity.training.evaluating import scored
from planning.similarity.training.graph import sentence_encoder
from planning.similarity.training.learner import MAX_TOKENS, Base, Learner
from planning.similarity.training.measures import Numbers
from planning.similarity.training.samples import SAMPLES
from planning.similarity.training.texts import Judged

NAME = "concord-minilm"
LANGUAGE = "en"
LEAST_COSINE = 0.995
LEAST_RANK = 0.999
MOST_BYTES = 25_000_000

NOTICE = """\
model.onnx holds the weights of all-MiniLM-L6-v2, of the sentence-transformers project (UKP Lab, Technische Universität
Darmstadt, and contributors), which was trained from MiniLM-L6-H384-uncased by Nils Reimers, after MiniLM by Microsoft.
Licensed under the Apache License, Version 2.0; see LICENSE.

Changed from the original: taught to tell overlapping initiatives from those that look alike (see CARD.md), the weights
rounded to 8-bit integers with one scale per channel, positions beyond the 256th cut off, the pooler left out, mean
pooling and normalisation made part of the graph.

vocab.txt is the vocabulary of bert-base-uncased by Google, unchanged, under the same licence.
"""


class ExportError(RuntimeError):
    """The files would not be good enough; none was written."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Between export and float model: cosines of their vectors of the samples, rank correlation of the judged pairs."""

    least: float
    mean: float
    texts: int
    rank: float
    pairs: int


def exported(learner: Learner, base: Base) -> bytes:
    """The model file, its weights rounded to int8."""
    return sentence_encoder(learner.weights(), base.shape)


def agreement(model: bytes, base: Base, learner: Learner, sets: Sequence[Judged]) -> Agreement:
    """How the export agrees with what was learnt; raises ExportError where that is not enough."""
    made = MiniLm(model, base.vocabulary, version=NAME, max_tokens=MAX_TOKENS, reads=bool)
    cosines = np.sum(made.encode(SAMPLES) * learner.encode(SAMPLES), axis=1)
    ours, theirs = (
        np.concatenate([scored(judged, encode(judged.texts))[1] for judged in sets])
        for encode in (made.encode, learner.encode)
    )
    rank = rank_correlation(ours, theirs)
    found = Agreement(float(cosines.min()), float(cosines.mean()), len(SAMPLES), rank, len(ours))
    if found.least < LEAST_COSINE or found.rank < LEAST_RANK:
        worst = SAMPLES[int(cosines.argmin())][:60]
        raise ExportError(
            f"The export differs from what was learnt: cosine {found.least:.4f} for {worst!r} (needed {LEAST_COSINE}), "
            f"rank correlation {found.rank:.5f} over {found.pairs} pairs (needed {LEAST_RANK})."
        )
    return found


def rank_correlation(first: Numbers, second: Numbers) -> float:
    """Spearman's correlation of two rows of numbers; equal ones keep their order."""
    ranks = (np.argsort(np.argsort(row, kind="stable"), kind="stable") for row in (first, second))
    one, other = (rank - (len(rank) - 1) / 2 for rank in ranks)
    return float(one @ other / (one @ one))


def write(target: Path, model: bytes, base: Base, card: str) -> int:
    """Write the encoder's files into the folder; how many bytes they have. Raises ExportError."""
    files = {
        "model.onnx": model,
        "vocab.txt": base.vocabulary,
        "LICENSE": _apache_licence(),
        "NOTICE": NOTICE.encode(),
        "CARD.md": card.encode(),
    }
    files["encoder.json"] = _manifest(files, base.shape.width)
    if (total := sum(map(len, files.values()))) > MOST_BYTES:
        raise ExportError(f"The files have {total:,} bytes; at most {MOST_BYTES:,} may go into the repository.")
    target.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (target / name).write_bytes(content)
    return total


def _apache_licence() -> bytes:
    """The licence's text, from a package under it: the package of the weights carries only its own."""
    found = [path for path in metadata.files("safetensors") or () if path.name == "LICENSE"]
    return found[0].read_binary()


def _manifest(files: Mapping[str, bytes], dimension: int) -> bytes:
    """Name, version and checksums. The version follows all that the vectors do: model, vocabulary, language."""
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    identity = hashlib.sha256(f"{sums['model.onnx']} {sums['vocab.txt']} {MAX_TOKENS}".encode()).hexdigest()
    content = {
        "name": NAME,
        "version": f"{NAME}-int8-{identity[:12]}-{LANGUAGE}",
        "dimension": dimension,
        "max_tokens": MAX_TOKENS,
        "sha256": sums,
    }
    return (json.dumps(content, indent=2) + "\n").encode()
