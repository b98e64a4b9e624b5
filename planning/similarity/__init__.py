"""How alike the texts of initiatives are. `planning.similarity.minilm` is apart: importing it loads the runtime."""

from planning.similarity.encoder import Encoder, Floats
from planning.similarity.text import certainty, text_of
from planning.similarity.vectors import from_bytes, settled, to_bytes

__all__ = ["Encoder", "Floats", "certainty", "from_bytes", "settled", "text_of", "to_bytes"]
