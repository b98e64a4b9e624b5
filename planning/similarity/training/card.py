"""The words that go beside the model."""

import hashlib
from dataclasses import dataclass

from planning.similarity.training.evaluating import PRECISION, Figures
from planning.similarity.training.export import LEAST_COSINE, LEAST_RANK, NAME, Agreement
from planning.similarity.training.learner import MAX_TOKENS, Base


@dataclass(frozen=True)
class Facts:
    """What the card says of one run."""

    seed: int
    families: int
    texts: int
    judged: int
    held_out: int
    ordered_before: float
    ordered_after: float
    before: Figures
    after: Figures
    agreement: Agreement


def card(model: bytes, base: Base, facts: Facts) -> str:
    """The model card."""
    return _CARD.format(
        name=NAME,
        source=base.version,
        megabytes=len(model) / 1e6,
        sha256=hashlib.sha256(model).hexdigest(),
        max_tokens=MAX_TOKENS,
        facts=facts,
        table=_table(facts.before, facts.after),
        precision=PRECISION,
        least_cosine=LEAST_COSINE,
        least_rank=LEAST_RANK,
    )


def _table(before: Figures, after: Figures) -> str:
    rows = [
        f"| {name} | {before.sets[name]} | {after.sets[name]} | {before.recall[name]:.2f} | {after.recall[name]:.2f} |"
        for name in after.sets
    ]
    return "\n".join([*rows, f"| **mean** | **{before.mean}** | **{after.mean}** | | |"])


_CARD = """\
# {name}

Turns an English text into 384 numbers of length one; the product of two such vectors says how likely the two
initiatives are the same work, or two that should be planned together, rather than merely look alike.

| | |
|---|---|
| model | BERT, 6 layers of 384, 12 heads, 22 million weights; mean of the last layer over the tokens |
| began as | all-MiniLM-L6-v2, Apache-2.0, from the package {source} |
| file | {megabytes:.1f} MB, ONNX opset 20: `ids` and `mask` in, unit vectors out |
| SHA-256 of model.onnx | `{sha256}` |
| licence | Apache-2.0, see NOTICE |
| text | lower case without accents; the first {max_tokens} word pieces count, the rest is not read |
| made by | `python -m planning.similarity.training`, seed {facts.seed} |

## Taught with
- {facts.families:,} families of invented initiatives ({facts.texts:,} texts), written for this product: one need told
  by several departments in their own words, work on the same need that should be coordinated, near misses that share
  words or a theme, and texts that share words only. They are in `planning/similarity/training/corpus/taught/`.
- {facts.judged:,} judged pairs of initiatives.

Never learnt from: {facts.held_out:,} families of other organisations (`corpus/held_out/`). Of a pair worth telling and
one of the same family that is not, the first is nearer in {facts.ordered_after:.0%}, before learning in
{facts.ordered_before:.0%}: the near misses were written to mislead.

Loss: cross-entropy over cosines with the batch's near misses as hard negatives (InfoNCE), plus binary cross-entropy of
the cosine as log-odds against what a grade is worth (0: .02, 1: .10, 2: .80, 3: .97). Two in five texts are read with a
small change: words or a sentence missing, the problem alone, the department in front, a typing error. AdamW, bfloat16
products, the word table left as it is.

## How well it does on sets that it was not taught with
Average precision of the cosine on {facts.agreement.pairs:,} judged pairs, with 95 % intervals (initiatives resampled),
and recall at {precision} precision. For each line the encoder was taught without the set and without those that share
initiatives with it.

| set | before learning | after | recall before | after |
|---|---|---|---|---|
{table}

## Export
Each matrix is int8 with one scale per output channel, the word table int8 with one scale per word, symmetric, by the
largest value. Biases, norms and positions are float. The arithmetic is float throughout: activations are not quantised,
because their scale would depend on the other texts of a batch.

Against the float model: cosine of {facts.agreement.texts} sample texts, short, long, odd and foreign, least
{facts.agreement.least:.4f}, mean {facts.agreement.mean:.4f}; rank correlation of the cosines of the judged pairs
{facts.agreement.rank:.5f}. The export fails below {least_cosine} and {least_rank}.

## Limits
- English. Texts in another language look alike to it; `planning.similarity.language` tells such texts, and they get a
  vector of zeros.
- A text of a few words says little, and its cosine is less sure than that of a whole problem statement.
- It reads what is written. What two departments mean by a code name, no model of this size can know.
- The families were written to be hard and do not follow the shares of any real portfolio; the probability that people
  see is fitted to judged pairs of real and invented portfolios, not to them.
- Components differ by less than 0.00001 between batch sizes and numbers of threads on one machine. Another processor
  may add in another order and round differently by about as much.
"""
