"""The sentence encoder: word pieces in, a BERT of MiniLM's size run by onnxruntime, one unit vector out."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import BertProcessing

from planning.similarity.encoder import Floats
from planning.similarity.language import is_english

TOKENS_PER_BATCH = 2048
"""Tokens in a batch with its padding: bounds the memory of one run, whatever the texts are."""
FRAME = 2
"""Tokens that every text has: its start and its end."""

Progress = Callable[[int, int], None]
Tokens = NDArray[np.int64]


class MiniLm:
    """An `Encoder` made of the bytes of a model and of its vocabulary. May be shared by threads.

    `reads` says of a text's word pieces whether the model understands them.
    """

    def __init__(
        self,
        model: bytes,
        vocabulary: bytes,
        *,
        version: str,
        max_tokens: int = 256,
        threads: int = 1,
        reads: Callable[[Sequence[str]], bool] = is_english,
    ) -> None:
        self.version = version
        self._reads = reads
        self._tokenizer = tokenizer_of(vocabulary, max_tokens)
        self._session = onnxruntime.InferenceSession(model, _options(threads), providers=["CPUExecutionProvider"])
        self.dimension: int = self._session.get_outputs()[0].shape[1]

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
        """One unit row per text, zeros for one without words or that the model does not read.

        `progress` is told (done, of all) after each batch.
        """
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        pieces = [self._tokenizer.encode(_valid(text)) for text in texts]
        read = [place for place, piece in enumerate(pieces) if len(piece.ids) > FRAME and self._reads(_words(piece))]
        done = len(texts) - len(read)
        for places in _batches(read, [len(piece.ids) for piece in pieces]):
            vectors[places] = self._run([pieces[place] for place in places])
            done += len(places)
            if progress is not None:
                progress(done, len(texts))
        return vectors

    def _run(self, pieces: Sequence[Encoding]) -> Floats:
        ids, mask = _padded([piece.ids for piece in pieces])
        (vectors,) = self._session.run(None, {"ids": ids, "mask": mask})
        result: Floats = vectors
        return result


def tokenizer_of(vocabulary: bytes, max_tokens: int) -> Tokenizer:
    ids = {word: place for place, word in enumerate(vocabulary.decode().rstrip("\n").split("\n"))}
    tokenizer = Tokenizer(WordPiece(ids, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=True
    )
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.post_processor = BertProcessing(("[SEP]", ids["[SEP]"]), ("[CLS]", ids["[CLS]"]))
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


def _options(threads: int) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Otherwise the runtime may swap the float product of int8 weights for one that quantises the activations.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return options


def _words(text: Encoding) -> list[str]:
    return text.tokens[1:-1]


def _valid(text: str) -> str:
    """The text without lone surrogates, which no tokenizer takes."""
    return text.encode(errors="replace").decode()


def _batches(places: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    """Texts of like length together, longest first, so that little is padding and the peak of memory comes first."""
    batch: list[int] = []
    for place in sorted(places, key=lambda each: (-lengths[each], each)):
        if batch and lengths[batch[0]] * (len(batch) + 1) > TOKENS_PER_BATCH:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _padded(rows: Sequence[Sequence[int]]) -> tuple[Tokens, Tokens]:
    ids = np.zeros((len(rows), max(map(len, rows))), np.int64)
    mask = np.zeros_like(ids)
    for row, pieces in enumerate(rows):
        ids[row, : len(pieces)] = pieces
        mask[row, : len(pieces)] = 1
    return ids, mask
