import numpy as np

from planning.portfolio.layers import Layer
from planning.portfolio.splicing import Splice

ALL = slice(None)


def test_a_row_without_a_vector_is_like_nothing() -> None:
    layer = Layer.of(np.eye(2, dtype=np.float32)).changed(Splice.of(2, (), [1]), [None])

    assert layer.cosines(ALL).tolist() == [[1, 0, 0], [0, 0, 0], [0, 0, 1]]


def test_a_layer_that_has_read_nothing_finds_nothing_alike() -> None:
    assert Layer.blank(2).cosines(ALL).tolist() == [[0, 0], [0, 0]]


def test_vectors_that_come_one_by_one_lie_in_few_pieces() -> None:
    layer = Layer.blank(0)

    for row in range(1000):
        layer = layer.changed(Splice.of(row, (), [row]), [np.ones(3, np.float32)])

    assert len(layer.pieces) < 12
    assert len(layer.consolidated().pieces) == 1


def test_the_first_piece_is_shared_with_what_comes_after() -> None:
    vectors = np.eye(8, dtype=np.float32)

    later = Layer.of(vectors).changed(Splice.of(8, (), [8]), [vectors[0]])

    assert later.pieces[0] is vectors
