"""BERT in plain NumPy and double precision, written from Devlin et al. 2019 and Vaswani et al. 2017, with a score for each head and
distance of tokens where config.json has edge_relative_positions. It shares nothing with the product.

python3 bert_numpy.py MODEL_DIR INPUTS.json OUT.bin
    MODEL_DIR holds config.json and model.safetensors (F32 or F16, names of BertModel without prefix). INPUTS.json is a list of
    batches {"ids": [[..]], "types": [[..]], "lengths": [..]}; rows are padded with zeros beyond their length. OUT.bin receives,
    batch after batch, the last hidden states of the real tokens of each row and then the pooled rows, as Float32.
python3 bert_numpy.py --golden
    Writes tests/golden/bert: a tiny model with random weights, and what this script makes of some inputs.
"""
import json
import math
import pathlib
import struct
import sys

import numpy as np

erf = np.vectorize(math.erf, otypes=[np.float64])


def read_safetensors(path):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    tensors = {}
    for name, entry in json.loads(data[8:8 + length]).items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            values = np.frombuffer(data[8 + length + start:8 + length + end], {"F32": "<f4", "F16": "<f2"}[entry["dtype"]])
            tensors[name] = values.astype(np.float64).reshape(entry["shape"])
    return tensors


class Bert:
    def __init__(self, folder):
        self.config = json.loads((folder / "config.json").read_text())
        self.weights = read_safetensors(folder / "model.safetensors")

    def linear(self, name, x):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def norm(self, name, x):
        mean = x.mean(-1, keepdims=True)
        variance = ((x - mean) ** 2).mean(-1, keepdims=True)
        return (x - mean) / np.sqrt(variance + self.config.get("layer_norm_eps", 1e-12)) * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def attend(self, name, x, real):
        heads = self.config["num_attention_heads"]
        batch, tokens, hidden = x.shape
        split = lambda part: self.linear(f"{name}.{part}", x).reshape(batch, tokens, heads, hidden // heads).transpose(0, 2, 1, 3)
        scores = split("query") @ split("key").transpose(0, 1, 3, 2) / math.sqrt(hidden // heads)
        if reach := self.config.get("edge_relative_positions", 0):
            places = np.arange(tokens)
            rows = np.clip(places[None, :] - places[:, None], -reach, reach) + reach  # row: the token that looks
            scores = scores + self.weights[name + ".relative_positions.weight"][rows].transpose(2, 0, 1)
        scores = np.where(real[:, None, None, :], scores, -np.inf)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        return ((scores / scores.sum(-1, keepdims=True)) @ split("value")).transpose(0, 2, 1, 3).reshape(batch, tokens, hidden)

    def forward(self, ids, types, lengths):
        ids, types = np.array(ids), np.array(types)
        real = np.arange(ids.shape[1])[None, :] < np.array(lengths)[:, None]
        embeddings = "embeddings.%s_embeddings.weight"
        x = self.weights[embeddings % "word"][ids] + self.weights[embeddings % "token_type"][types] + self.weights[embeddings % "position"][:ids.shape[1]]
        x = self.norm("embeddings.LayerNorm", x)
        for layer in range(self.config["num_hidden_layers"]):
            at = f"encoder.layer.{layer}."
            attended = self.attend(at + "attention.self", x, real)
            x = self.norm(at + "attention.output.LayerNorm", x + self.linear(at + "attention.output.dense", attended))
            inner = self.linear(at + "intermediate.dense", x)
            inner = np.maximum(inner, 0) if self.config["hidden_act"] == "relu" else inner / 2 * (1 + erf(inner / math.sqrt(2)))
            x = self.norm(at + "output.LayerNorm", x + self.linear(at + "output.dense", inner))
        return x, np.tanh(self.linear("pooler.dense", x[:, 0]))


def made_input(length, pair):
    """The test makes the same one."""
    return [5 + (i * 7 + length) % 35 for i in range(length)], [1 if pair and i >= length // 2 else 0 for i in range(length)]


def write_golden():
    folder = pathlib.Path(__file__).parent.parent / "golden" / "bert"
    folder.mkdir(exist_ok=True)
    hidden, inner, layers, vocabulary, positions = 8, 12, 2, 40, 512
    random = np.random.default_rng(1)
    shapes = {f"embeddings.{name}_embeddings.weight": (rows, hidden) for name, rows in [("word", vocabulary), ("position", positions), ("token_type", 2)]}
    norms, linears = ["embeddings.LayerNorm"], [("pooler.dense", hidden, hidden)]
    for layer in range(layers):
        at = f"encoder.layer.{layer}."
        norms += [at + "attention.output.LayerNorm", at + "output.LayerNorm"]
        linears += [(f"{at}attention.self.{part}", hidden, hidden) for part in ("query", "key", "value")]
        linears += [(at + "attention.output.dense", hidden, hidden), (at + "intermediate.dense", inner, hidden), (at + "output.dense", hidden, inner)]
    tensors = {name: random.normal(0, 0.5, shape) for name, shape in shapes.items()}
    for name, outputs, inputs in linears:
        tensors[name + ".weight"] = random.normal(0, 1 / math.sqrt(inputs), (outputs, inputs))
        tensors[name + ".bias"] = random.normal(0, 0.1, outputs)
    for name in norms:
        tensors[name + ".weight"] = random.normal(1, 0.1, hidden)
        tensors[name + ".bias"] = random.normal(0, 0.1, hidden)

    header, values = {}, b""
    for name, tensor in tensors.items():
        stored = tensor.astype("<f2").tobytes()
        header[name] = {"dtype": "F16", "shape": list(tensor.shape), "data_offsets": [len(values), len(values) + len(stored)]}
        values += stored
    text = json.dumps(header, separators=(",", ":")).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + values)
    (folder / "config.json").write_text(json.dumps({
        "model_type": "bert", "hidden_act": "gelu", "vocab_size": vocabulary, "hidden_size": hidden, "num_hidden_layers": layers,
        "num_attention_heads": 2, "intermediate_size": inner, "max_position_embeddings": positions, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
    }, indent=1) + "\n")
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + [chr(0x4E00 + i) for i in range(vocabulary - 5)]) + "\n")

    bert = Bert(folder)
    cases = []
    for batch in [[(length, pair)] for length in (1, 2, 3, 17, 64, 128, 511, 512) for pair in (False, True)] + [[(1, False), (7, True), (12, False), (12, True)]]:
        rows = [made_input(*row) for row in batch]
        longest = max(length for length, _ in batch)
        pad = lambda values: values + [0] * (longest - len(values))
        states, pooled = bert.forward([pad(ids) for ids, _ in rows], [pad(types) for _, types in rows], [length for length, _ in batch])
        for row, (length, pair) in enumerate(batch):
            cases.append({"length": length, "pair": pair, "padding": longest - length, "first": states[row, 0].round(7).tolist(),
                          "last": states[row, length - 1].round(7).tolist(), "pooled": pooled[row].round(7).tolist()})
    (folder / "expected.json").write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")


if sys.argv[1:] == ["--golden"]:
    write_golden()
else:
    model, inputs, out = map(pathlib.Path, sys.argv[1:])
    bert = Bert(model)
    with out.open("wb") as file:
        for batch in json.loads(inputs.read_text()):
            states, pooled = bert.forward(batch["ids"], batch["types"], batch["lengths"])
            for row, length in zip(states, batch["lengths"]):
                file.write(row[:length].astype("<f4").tobytes())
            file.write(pooled.astype("<f4").tobytes())
