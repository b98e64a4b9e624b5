"""The judged pairs beside this checkout, read once, as encoders see them that were not taught with the set.

An encoder that is taught with judged pairs (--judged-epochs) would flatter itself on them. So training keeps for each
set the vectors of an encoder that was not taught with it (`planning.similarity.training.unseen`); those are used here.
"""

import sys
from dataclasses import replace
from functools import cache

from bot.encoder import open_encoder
from planning.similarity.training.judgements import read_judgements
from planning.similarity.training.unseen import KEPT, KeptEncoder, Unseen
from tests.benchmarks.gold import Pool, cosines_of, pools
from tests.shared_data import FOLDER

JUDGEMENTS = FOLDER / "gold" / "judgements.csv"


@cache
def default_pools() -> list[Pool]:
    """Every set of the judgements beside this checkout; ends the program, saying so, where they are not there."""
    if not JUDGEMENTS.exists():
        sys.exit("The judged pairs are not beside this checkout; name files with --portfolio and --judgements.")
    judgements, before = read_judgements(JUDGEMENTS), encoder_before()
    portfolios = [FOLDER / name for name in dict.fromkeys(judgement.portfolio for judgement in judgements)]
    found = pools(judgements, portfolios, unseen_encoder())
    return [replace(pool, before=cosines_of(pool.initiatives, pool.pairs, before)) for pool in found]


def unseen_encoder() -> KeptEncoder:
    """For each judged text an encoder that was not taught with its set; for every other text the packaged one."""
    kept = _kept()
    return KeptEncoder(kept.keys, kept.after, open_encoder(), "unseen")


def encoder_before() -> KeptEncoder:
    """For each judged text the encoder before it was taught anything."""
    kept = _kept()
    return KeptEncoder(kept.keys, kept.before, open_encoder(), "before")


def _kept() -> Unseen:
    if not KEPT.exists():
        sys.exit(f"{KEPT.name} is not in {KEPT.parent}; python -m planning.similarity.training makes it anew.")
    return Unseen.read(KEPT)
