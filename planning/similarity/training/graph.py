"""A BERT sentence encoder as an ONNX graph: int8 weights with one scale per channel, arithmetic in float.

Activations are never quantised: their scale would depend on the whole batch, and so would a text's vector.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Weights = Mapping[str, NDArray[np.float32]]

OPSET = 20
IR_VERSION = 10
INT8_MAX = 127
MASKED = np.float32(-1e9)


@dataclass(frozen=True)
class Shape:
    """The sizes of a BERT that its weights alone do not tell."""

    width: int
    layers: int
    heads: int
    max_tokens: int
    norm_epsilon: float


def per_channel_int8(weights: NDArray[np.float32], axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """The weights as symmetric int8 and the scale of each channel along `axis`."""
    others = tuple(number for number in range(weights.ndim) if number != axis)
    largest = np.abs(weights).max(axis=others, keepdims=True)
    scales = np.where(largest > 0, largest / INT8_MAX, 1).astype(np.float32)
    return np.rint(weights / scales).astype(np.int8), scales.reshape(-1)


class _Builder:
    """Collects nodes and constants; every method answers the name of what it added."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add(self, op: str, *inputs: str, **attributes: object) -> str:
        """One node with one output."""
        output = f"{op}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [output], name=output, **attributes))
        return output

    def split(self, tensor: str, parts: int) -> Sequence[str]:
        """Equal parts of the last axis."""
        outputs = [f"{tensor}_part_{number}" for number in range(parts)]
        self.nodes.append(helper.make_node("Split", [tensor], outputs, axis=-1, num_outputs=parts))
        return outputs

    def constant(self, values: object, dtype: type[np.generic] = np.float32) -> str:
        """A stored tensor."""
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(np.asarray(values, dtype)), name))
        return name

    def int8_matrix(self, weights: NDArray[np.float32]) -> str:
        """A stored (inputs, outputs) matrix in int8 that is float again when it is used."""
        quantised, scales = per_channel_int8(weights, axis=1)
        return self.add(
            "DequantizeLinear", self.constant(quantised, np.int8), self.constant(scales),
            self.constant(np.zeros(scales.size), np.int8), axis=1,
        )  # fmt: skip

    def int8_rows(self, weights: NDArray[np.float32], rows: str) -> str:
        """The named rows of a stored int8 table; the rest of the table stays int8 in memory."""
        quantised, scales = per_channel_int8(weights, axis=0)
        values = self.add("Cast", self.add("Gather", self.constant(quantised, np.int8), rows), to=TensorProto.FLOAT)
        return self.add("Mul", values, self.add("Gather", self.constant(scales[:, None]), rows))


class _Bert:
    def __init__(self, weights: Weights, shape: Shape) -> None:
        self.weights, self.shape, self.graph = weights, shape, _Builder()

    def norm(self, tensor: str, name: str) -> str:
        scale, bias = (self.graph.constant(self.weights[f"{name}.LayerNorm.{part}"]) for part in ("weight", "bias"))
        return self.graph.add("LayerNormalization", tensor, scale, bias, axis=-1, epsilon=self.shape.norm_epsilon)

    def dense(self, tensor: str, *names: str) -> str:
        """Linear layers of one input, side by side."""
        matrix = np.concatenate([self.weights[f"{name}.weight"].T for name in names], axis=1)
        bias = np.concatenate([self.weights[f"{name}.bias"] for name in names])
        product = self.graph.add("MatMul", tensor, self.graph.int8_matrix(matrix))
        return self.graph.add("Add", product, self.graph.constant(bias))

    def embeddings(self) -> str:
        """Words and positions; the one token type in use is part of the positions."""
        graph, zero, one = self.graph, self.graph.constant([0], np.int64), self.graph.constant([1], np.int64)
        words = graph.int8_rows(self.weights["embeddings.word_embeddings.weight"], "ids")
        table = self.weights["embeddings.position_embeddings.weight"][: self.shape.max_tokens]
        table = table + self.weights["embeddings.token_type_embeddings.weight"][0]
        length = graph.add("Shape", "ids", start=1, end=2)
        positions = graph.add("Slice", graph.constant(table), zero, length, zero, one)
        return self.norm(graph.add("Add", words, positions), "embeddings")

    def by_head(self, tensor: str, *order: int) -> str:
        shape = self.graph.constant([0, 0, self.shape.heads, self.shape.width // self.shape.heads], np.int64)
        return self.graph.add("Transpose", self.graph.add("Reshape", tensor, shape), perm=order)

    def attention(self, tensor: str, mask: str, name: str) -> str:
        graph = self.graph
        joined = self.dense(tensor, *(f"{name}.self.{part}" for part in ("query", "key", "value")))
        query, key, value = graph.split(joined, 3)
        root = graph.constant((self.shape.width / self.shape.heads) ** 0.5)
        product = graph.add("MatMul", self.by_head(query, 0, 2, 1, 3), self.by_head(key, 0, 2, 3, 1))
        weights = graph.add("Softmax", graph.add("Add", graph.add("Div", product, root), mask), axis=-1)
        heads = graph.add("MatMul", weights, self.by_head(value, 0, 2, 1, 3))
        flat = graph.constant([0, 0, self.shape.width], np.int64)
        return graph.add("Reshape", graph.add("Transpose", heads, perm=[0, 2, 1, 3]), flat)

    def layer(self, tensor: str, mask: str, name: str) -> str:
        graph = self.graph
        attended = self.dense(self.attention(tensor, mask, f"{name}.attention"), f"{name}.attention.output.dense")
        middle = self.norm(graph.add("Add", attended, tensor), f"{name}.attention.output")
        wide = graph.add("Gelu", self.dense(middle, f"{name}.intermediate.dense"))
        return self.norm(graph.add("Add", self.dense(wide, f"{name}.output.dense"), middle), f"{name}.output")

    def mean(self, tensor: str, present: str) -> str:
        """The mean over the present tokens, at length one."""
        graph, axis = self.graph, self.graph.constant([1], np.int64)
        column = graph.add("Unsqueeze", present, graph.constant([2], np.int64))
        total = graph.add("ReduceSum", graph.add("Mul", tensor, column), axis, keepdims=0)
        mean = graph.add("Div", total, graph.add("ReduceSum", column, axis, keepdims=0))
        return graph.add("Div", mean, graph.add("ReduceL2", mean, axis, keepdims=1))

    def build(self) -> str:
        graph = self.graph
        present = graph.add("Cast", "mask", to=TensorProto.FLOAT)
        absent = graph.add("Sub", graph.constant(1), present)
        hidden = graph.add("Mul", absent, graph.constant(MASKED))
        mask = graph.add("Unsqueeze", hidden, graph.constant([1, 2], np.int64))
        tensor = self.embeddings()
        for number in range(self.shape.layers):
            tensor = self.layer(tensor, mask, f"encoder.layer.{number}")
        return graph.add("Identity", self.mean(tensor, present))


def sentence_encoder(weights: Weights, shape: Shape) -> bytes:
    """The model file: token `ids` and their `mask` in, unit vectors out."""
    bert = _Bert(weights, shape)
    result = bert.build()
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in ("ids", "mask")]
    outputs = [helper.make_tensor_value_info(result, TensorProto.FLOAT, ["texts", shape.width])]
    graph = helper.make_graph(bert.graph.nodes, "sentence_encoder", inputs, outputs, bert.graph.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    onnx.checker.check_model(model, full_check=True)
    return bytes(model.SerializeToString(deterministic=True))
