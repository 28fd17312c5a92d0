"""The training step of edge-trainer in plain PyTorch, for comparison: python3 train_step.py --hidden 312 --layers 4 ...

Speaks the protocol of 'edge-trainer step-time': prints "ready, libtorch" and its version, then answers each line of its input, a number of steps, with a
line of JSON: wallMs, a number a step, and cpuMs, the processor's time for all of them. The same batches, the same sizes and the same step: BERT with one intent head on the mean
of the tokens, cross-entropy, gradient clipping at norm 1, AdamW without decay on biases and LayerNorm, Float32. Written as one
writes a fast BERT with torch.nn: query, key and value in one MatMul, no copies that are not needed, gradients set to None,
AdamW with its foreach form.
"""
import argparse
import json
import math
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

VOCABULARY, LABELS, BATCHES = 8000, 20, 16


class Layer(nn.Module):
    def __init__(self, o):
        super().__init__()
        self.heads, self.dropout = o.heads, o.dropout
        self.qkv = nn.Linear(o.hidden, 3 * o.hidden)
        self.attended = nn.Linear(o.hidden, o.hidden)
        self.attended_norm = nn.LayerNorm(o.hidden, eps=1e-12)
        self.inner = nn.Linear(o.hidden, o.intermediate)
        self.outer = nn.Linear(o.intermediate, o.hidden)
        self.outer_norm = nn.LayerNorm(o.hidden, eps=1e-12)

    def forward(self, x, penalty):
        batch, tokens, hidden = x.shape
        size = hidden // self.heads
        query, key, value = self.qkv(x).view(batch, tokens, 3, self.heads, size).permute(2, 0, 3, 1, 4).unbind(0)
        scores = (query / math.sqrt(size)) @ key.transpose(-1, -2)
        if penalty is not None:
            scores = scores + penalty
        weights = F.dropout(scores.softmax(-1), self.dropout, self.training)
        x = self.attended_norm(x + F.dropout(self.attended((weights @ value).transpose(1, 2).reshape(batch, tokens, hidden)), self.dropout, self.training))
        return self.outer_norm(x + F.dropout(self.outer(F.gelu(self.inner(x))), self.dropout, self.training))


class Bert(nn.Module):
    def __init__(self, o):
        super().__init__()
        self.dropout = o.dropout
        self.words = nn.Embedding(VOCABULARY, o.hidden)
        self.positions = nn.Embedding(o.longest, o.hidden)
        self.types = nn.Embedding(2, o.hidden)
        self.norm = nn.LayerNorm(o.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(o) for _ in range(o.layers))
        self.pooler = nn.Linear(o.hidden, o.hidden)
        self.head = nn.Linear(o.hidden, LABELS)
        for parameter in self.parameters():
            if parameter.dim() > 1:
                nn.init.normal_(parameter, 0, 0.02)

    def forward(self, ids, mask):
        x = self.words(ids) + (self.positions.weight[:ids.shape[1]] + self.types.weight[:1])
        x = F.dropout(self.norm(x), self.dropout, self.training)
        penalty = None if mask is None else (mask.to(x.dtype) - 1).view(ids.shape[0], 1, 1, -1) * 10_000
        for layer in self.layers:
            x = layer(x, penalty)
        if mask is None:
            pooled = x.mean(1)
        else:
            real = mask.unsqueeze(-1).to(x.dtype)
            pooled = (x * real).sum(1) / real.sum(1)
        return self.head(F.dropout(self.pooler(pooled).tanh(), self.dropout, self.training))


def batches(o):
    """As plain lists; the tensors are made in the step, as in training."""
    for batch in range(BATCHES):
        rows, labels = [], []
        for row in range(o.batch):
            index = batch * o.batch + row
            length = o.shortest + (row * 7 + batch * 3) % (o.longest - o.shortest + 1)
            rows.append([5 + (index * 31 + i * 17) % (VOCABULARY - 5) for i in range(length)])
            labels.append(index % LABELS)
        longest = max(map(len, rows))
        padded = any(len(row) < longest for row in rows)
        ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
        mask = torch.tensor([[i < len(row) for i in range(longest)] for row in rows]) if padded else None
        yield ids.numpy(), None if mask is None else mask.numpy(), torch.tensor(labels).numpy()


def optimizer_of(model):
    names = dict(model.named_parameters())
    decays = lambda name: not name.endswith("bias") and "norm" not in name
    groups = [{"params": [p for n, p in names.items() if decays(n)], "weight_decay": 0.01},
              {"params": [p for n, p in names.items() if not decays(n)], "weight_decay": 0}]
    try:
        return torch.optim.AdamW(groups, lr=2.5e-4, betas=(0.9, 0.98), eps=1e-8, foreach=True)
    except TypeError:  # before 1.12
        return torch.optim.AdamW(groups, lr=2.5e-4, betas=(0.9, 0.98), eps=1e-8)


def has_reference_blas():
    """Debian's python3-torch takes whatever libblas3 is there; libblas3 itself is the reference, not made for speed."""
    try:
        with open("/proc/self/maps") as maps:
            return "/blas/libblas.so" in maps.read()
    except OSError:
        return False


def main():
    parser = argparse.ArgumentParser()
    for name in ("hidden", "layers", "intermediate", "heads", "batch", "shortest", "longest", "threads"):
        parser.add_argument("--" + name, type=int, required=True)
    parser.add_argument("--dropout", type=float, required=True)
    o = parser.parse_args()
    if has_reference_blas():
        sys.exit("PyTorch would use the reference BLAS here, and the comparison would flatter: apt-get install libopenblas0-pthread")
    torch.set_num_threads(o.threads)
    torch.manual_seed(1)
    model = Bert(o).train()
    parameters = list(model.parameters())
    optimizer = optimizer_of(model)
    data = list(batches(o))
    done = 0
    print("ready, libtorch " + torch.__version__, flush=True)
    for line in sys.stdin:
        times, worked = [], time.process_time()
        for _ in range(int(line)):
            started = time.perf_counter()
            ids, mask, labels = data[done % BATCHES]
            done += 1
            ids, mask, labels = torch.tensor(ids), None if mask is None else torch.tensor(mask), torch.tensor(labels)
            loss = F.cross_entropy(model(ids, mask), labels)
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            times.append((time.perf_counter() - started) * 1000)
        print(json.dumps({"wallMs": times, "cpuMs": (time.process_time() - worked) * 1000}), flush=True)


main()
