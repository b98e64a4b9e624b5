"""The judged pairs beside this checkout, read once."""

import sys
from functools import cache

from bot.encoder import open_encoder
from tests.benchmarks.gold import Pool, pools, read_judgements
from tests.shared_data import FOLDER

JUDGEMENTS = FOLDER / "gold" / "judgements.csv"


@cache
def default_pools() -> list[Pool]:
    """Every set of the judgements beside this checkout; ends the program, saying so, where they are not there."""
    if not JUDGEMENTS.exists():
        sys.exit("The judged pairs are not beside this checkout; name files with --portfolio and --judgements.")
    judgements = read_judgements(JUDGEMENTS)
    portfolios = [FOLDER / name for name in dict.fromkeys(judgement.portfolio for judgement in judgements)]
    return pools(judgements, portfolios, open_encoder())
