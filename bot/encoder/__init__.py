"""The packaged text encoder: found beside this module, checked, and loaded when the first text is encoded."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, PositiveInt, ValidationError

from planning.similarity import Floats, certainty

if TYPE_CHECKING:
    from planning.similarity.minilm import MiniLm

PACKAGED = Path(__file__).parent / "concord-minilm"
_opening = Lock()


class EncoderFilesError(RuntimeError):
    """The text encoder's files are missing or changed; reinstall Concord or restore them from the repository."""

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(
            f"The text encoder cannot be used: {path} {fault}. Reinstall Concord, or in a checkout bring the file "
            f'back with `git checkout -- "{path}"`, or make it with `python -m planning.similarity.training`.'
        )


class Manifest(BaseModel):
    """What `encoder.json` says of the files beside it."""

    model_config = ConfigDict(frozen=True)

    name: str
    version: str
    dimension: PositiveInt
    max_tokens: PositiveInt
    sha256: Mapping[str, str]


class PackagedEncoder:
    """An `Encoder` that reads its model when it is first asked to encode, once, whichever thread asks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._manifest = _manifest(folder / "encoder.json")
        self._loading = Lock()
        self._loaded: MiniLm | None = None

    @property
    def version(self) -> str:
        """Vectors of different versions must not be compared."""
        return self._manifest.version

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return self._manifest.dimension

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Floats:
        """A row for each text, zeros for one without words; loads the model the first time.

        A row is of length one, and shorter for a text of few words.
        """
        result: Floats = self._model().encode(texts, progress) * certainty(texts)[:, None]
        return result

    def _model(self) -> "MiniLm":
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> "MiniLm":
        from planning.similarity.minilm import MiniLm  # here, because it loads onnxruntime

        model, vocabulary = self._checked("model.onnx"), self._checked("vocab.txt")
        loaded = MiniLm(model, vocabulary, version=self.version, max_tokens=self._manifest.max_tokens)
        if loaded.dimension != self.dimension:
            fault = f"gives {loaded.dimension} numbers for a text where encoder.json says {self.dimension}"
            raise EncoderFilesError(self._folder / "model.onnx", fault)
        return loaded

    def _checked(self, name: str) -> bytes:
        path = self._folder / name
        content = _read(path)
        if hashlib.sha256(content).hexdigest() != self._manifest.sha256.get(name):
            raise EncoderFilesError(path, "is not the file that encoder.json describes (its SHA-256 differs)")
        return content


def open_encoder(folder: Path | None = None) -> PackagedEncoder:
    """The encoder in the folder, by default the packaged one; the same object for the same folder."""
    with _opening:
        return _opened(folder or PACKAGED)


@lru_cache
def _opened(folder: Path) -> PackagedEncoder:
    return PackagedEncoder(folder)


def _manifest(path: Path) -> Manifest:
    try:
        return Manifest.model_validate_json(_read(path))
    except ValidationError as error:
        raise EncoderFilesError(path, "is not a description of an encoder") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise EncoderFilesError(path, "is missing") from error
