"""Writes tests/golden/checkpoints with a real PyTorch: python3 tests/golden/regenerate-checkpoints.py

state.zip.bin and state.legacy.bin hold the same state dict in both forms of torch.save: floats of every kind, a transposed
tensor, two that share a storage, an empty and a scalar one, an integer buffer and a Parameter. state.expected.json tells
names, shapes and values. refused.*.bin hold what no state dict needs; reading them must fail, and run nothing.
"""
import collections
import json
import pathlib

import torch

folder = pathlib.Path(__file__).parent / "checkpoints"
folder.mkdir(exist_ok=True)
torch.manual_seed(1)

shared = torch.arange(12, dtype=torch.float32) / 8
matrix = torch.randn(3, 4)
state = collections.OrderedDict([
    ("float", matrix),
    ("half", matrix.half()),
    ("bfloat16", matrix.bfloat16()),
    ("double", matrix.double()),
    ("transposed", torch.randn(4, 3).t()),
    ("every.second", torch.randn(4, 6)[1::2, 1::2]),
    ("shared.whole", shared.view(3, 4)),
    ("shared.part", shared[4:8]),
    ("parameter", torch.nn.Parameter(torch.randn(2, 2))),
    ("empty", torch.zeros(0, 3)),
    ("scalar", torch.tensor(2.5)),
    ("position_ids", torch.arange(5).expand((1, -1)).clone()),
])
state._metadata = collections.OrderedDict([("", {"version": 1})])
torch.save(state, folder / "state.zip.bin")
torch.save(state, folder / "state.legacy.bin", _use_new_zipfile_serialization=False)
expected = {
    name: {"shape": list(tensor.shape), "values": tensor.detach().double().flatten().tolist()}
    for name, tensor in state.items() if tensor.is_floating_point()
}
(folder / "state.expected.json").write_text(json.dumps(expected, indent=1) + "\n")


class Harmful:
    """What a hostile file would hold: a call of anything when it is loaded."""

    def __reduce__(self):
        return print, ("executed",)


torch.save({"weight": Harmful()}, folder / "refused.call.bin")
torch.save({"weight": Harmful()}, folder / "refused.call.legacy.bin", _use_new_zipfile_serialization=False)
torch.save(torch.nn.Linear(2, 2), folder / "refused.module.bin")
torch.save({"model": {"weight": matrix}}, folder / "refused.nested.bin")


def bert(prefix, norm_weight, norm_bias, extra):
    """A BERT of one layer of 4, 12 pieces and 10 positions, under the names of a checkpoint of its time."""
    hidden, inner = 4, 6
    tensors = {f"embeddings.{name}_embeddings.weight": (rows, hidden) for name, rows in [("word", 12), ("position", 10), ("token_type", 2)]}
    norms = ["embeddings.LayerNorm", "encoder.layer.0.attention.output.LayerNorm", "encoder.layer.0.output.LayerNorm"]
    linears = [(f"encoder.layer.0.attention.self.{name}", hidden, hidden) for name in ("query", "key", "value")]
    linears += [("encoder.layer.0.attention.output.dense", hidden, hidden), ("encoder.layer.0.intermediate.dense", inner, hidden),
                ("encoder.layer.0.output.dense", hidden, inner), ("pooler.dense", hidden, hidden)]
    for name, outputs, inputs in linears:
        tensors[name + ".weight"] = (outputs, inputs)
        tensors[name + ".bias"] = (outputs,)
    for name in norms:
        tensors[name + norm_weight] = (hidden,)
        tensors[name + norm_bias] = (hidden,)
    state = collections.OrderedDict((prefix + name, torch.randn(shape).half()) for name, shape in tensors.items())
    state.update({name: torch.randn(shape).half() for name, shape in extra.items()})
    return state


torch.save(
    bert("bert.", ".gamma", ".beta", {"cls.predictions.bias": (12,), "cls.predictions.transform.dense.weight": (4, 4), "cls.seq_relationship.weight": (2, 4)}),
    folder / "bert.legacy.bin", _use_new_zipfile_serialization=False)
torch.save(bert("bert.", ".weight", ".bias", {"fit_dense.weight": (8, 4), "fit_dense.bias": (8,)}), folder / "bert.zip.bin")

# What transformers wrote before version 4.31: the numbers from 0 on, a buffer of integers among the weights.
positions = bert("bert.", ".weight", ".bias", {})
positions["bert.embeddings.position_ids"] = torch.arange(10).expand((1, -1)).clone()
torch.save(positions, folder / "bert.positions.bin")
