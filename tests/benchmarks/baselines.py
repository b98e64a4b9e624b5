"""What a team would use instead: how alike two texts are, by tools off the shelf, fitted on the whole portfolio.

The last is no such tool but the cosine of Concord's own encoder, to show what the rest of Concord adds to it.
"""

from collections.abc import Callable, Mapping

import bm25s
import numpy as np
from rapidfuzz import fuzz, utils
from sklearn.feature_extraction.text import TfidfVectorizer

from planning.similarity.training.measures import Numbers
from tests.benchmarks.gold import Pool

BEFORE, EMBEDDING = "MiniLM before learning", "embedding"
Baseline = Callable[[Pool], Numbers]
"""One score for each pair of the pool."""


def tfidf_words(pool: Pool) -> Numbers:
    """Cosine of TF-IDF of words without English stop words: the best of the settings tried (pairs, logarithms)."""
    return _tfidf(pool, TfidfVectorizer(stop_words="english"))


def tfidf_characters(pool: Pool) -> Numbers:
    """Cosine of TF-IDF of three to five characters within words."""
    return _tfidf(pool, TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5)))


def _tfidf(pool: Pool, vectorizer: TfidfVectorizer) -> Numbers:
    rows = vectorizer.fit_transform(pool.texts)
    return np.asarray(rows[pool.pairs[:, 0]].multiply(rows[pool.pairs[:, 1]]).sum(axis=1), dtype=float).ravel()


def bm25(pool: Pool) -> Numbers:
    """Okapi BM25 of the one text as a query for the other, both ways, added."""
    words = bm25s.tokenize(pool.texts, stopwords="en", return_ids=False, show_progress=False)
    index = bm25s.BM25()
    index.index(words, show_progress=False)
    scores = {row: index.get_scores(words[row]) for row in set(pool.pairs.ravel().tolist())}
    return np.array([scores[one][two] + scores[two][one] for one, two in pool.pairs.tolist()], dtype=float)


def token_set_ratio(pool: Pool) -> Numbers:
    """RapidFuzz's token set ratio, 0 to 100, after its own clean-up of the texts."""
    texts = [utils.default_process(text) for text in pool.texts]
    return np.array([fuzz.token_set_ratio(texts[one], texts[two]) for one, two in pool.pairs.tolist()], dtype=float)


BASELINES: Mapping[str, Baseline] = {
    "TF-IDF words": tfidf_words,
    "TF-IDF characters": tfidf_characters,
    "BM25": bm25,
    "token set ratio": token_set_ratio,
}


def baselines_of(pool: Pool) -> dict[str, Numbers]:
    """Name → the scores of each tool, of the encoder before it learnt where that is known, and of the encoder alone."""
    before = {} if pool.before is None else {BEFORE: pool.before}
    return {name: baseline(pool) for name, baseline in BASELINES.items()} | before | {EMBEDDING: pool.cosines}
