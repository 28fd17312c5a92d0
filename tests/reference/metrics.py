#!/usr/bin/env python3
"""Computes evaluation figures from their published definitions, with nothing but the standard library.

  python3 tests/reference/metrics.py > tests/golden/metrics.json

Made answers (seeded) and their figures; tests/trainer/Evaluation/GoldenMetricsTests.cs wants the same from the product.
 - single, multi: precision, recall, F1 per class from its definition; macro means over the classes that occur in gold or
   answers, zero where a denominator is zero (scikit-learn's default with zero_division=0).
 - span: conlleval.pl's chunk rules over BIO tags (Tjong Kim Sang and Buchholz 2000), chunk by chunk while reading tags.
 - score: MAE, RMSE, Pearson from its definition, Spearman as Pearson over mean ranks.
 - confidence: ECE over 15 bins, open below and closed above (Guo et al. 2017); area under the risk-coverage curve as the mean
   over all k of the share of wrong answers among the k most confident (all confidences differ).
 - McNemar's exact test from binomial coefficients as fractions; Holm's adjustment (1979).
"""
import json
import random
from fractions import Fraction
from math import comb, sqrt

random.seed(20261122)


def ratio(part, whole):
    return part / whole if whole else 0.0


def per_class(pairs, classes):
    """pairs: (set of gold, set of answered) per utterance."""
    rows = {}
    for c in classes:
        tp = sum(c in g and c in a for g, a in pairs)
        fp = sum(c not in g and c in a for g, a in pairs)
        fn = sum(c in g and c not in a for g, a in pairs)
        if tp + fp + fn:
            rows[c] = (tp, fp, fn)
    return rows


def averages(rows):
    p = [ratio(tp, tp + fp) for tp, fp, fn in rows.values()]
    r = [ratio(tp, tp + fn) for tp, fp, fn in rows.values()]
    f = [ratio(2 * x * y, x + y) for x, y in zip(p, r)]
    tp, fp, fn = (sum(row[i] for row in rows.values()) for i in range(3))
    micro_p, micro_r = ratio(tp, tp + fp), ratio(tp, tp + fn)
    return {
        "macroPrecision": sum(p) / len(p), "macroRecall": sum(r) / len(r), "macroF1": sum(f) / len(f),
        "precision": micro_p, "recall": micro_r, "f1": ratio(2 * micro_p * micro_r, micro_p + micro_r),
    }


def confidence_figures(answers):
    bins = [[] for _ in range(15)]
    for confidence, right in answers:
        for i in range(15):
            if i / 15 < confidence <= (i + 1) / 15:
                bins[i].append((confidence, right))
    ece = sum(len(b) / len(answers) * abs(sum(c for c, _ in b) / len(b) - sum(r for _, r in b) / len(b)) for b in bins if b)
    ordered = [right for _, right in sorted(answers, reverse=True)]
    risks = [sum(not right for right in ordered[:k]) / k for k in range(1, len(ordered) + 1)]
    return {"ece": ece, "aurc": sum(risks) / len(risks)}


def single():
    labels, weights = ["a", "b", "c", "d", "never"], [50, 20, 8, 2, 0]
    rows = []
    for i in range(80):
        gold = random.choices(labels, weights)[0] if i else "unknown to the model"
        answered = gold if random.random() < 0.7 and i else random.choice(labels[:4])
        rows.append({"gold": gold, "answered": answered, "confidence": round(random.uniform(0.2, 1), 5)})
    pairs = [({r["gold"]}, {r["answered"]}) for r in rows]
    figures = averages(per_class(pairs, labels + ["unknown to the model"]))
    accuracy = sum(g == a for g, a in pairs) / len(pairs)
    figures = {"accuracy": accuracy, "microF1": figures["f1"], **{k: figures[k] for k in ("macroF1", "macroPrecision", "macroRecall")}}
    figures.update(confidence_figures([(r["confidence"], r["gold"] == r["answered"]) for r in rows]))
    return {"labels": labels, "rows": rows, "figures": figures}


def multi():
    labels = ["p", "q", "r"]
    rows = []
    for _ in range(60):
        gold = [x for x in labels if random.random() < 0.4]
        answered = [x for x in labels if (x in gold) != (random.random() < 0.2)]
        rows.append({"gold": gold, "answered": answered, "confidence": round(random.uniform(0.4, 1), 5)})
    pairs = [(set(r["gold"]), set(r["answered"])) for r in rows]
    figures = averages(per_class(pairs, labels))
    figures["exactMatch"] = sum(g == a for g, a in pairs) / len(pairs)
    return {"labels": labels, "rows": rows, "figures": figures}


def chunks(tags):
    """conlleval.pl's startOfChunk and endOfChunk for B, I and O, applied from tag to tag."""
    found, start, kind, previous = [], None, "", "O"
    for i, tag in enumerate(tags + ["O"]):
        prefix, _, label = tag.partition("-")
        before, _, label_before = previous.partition("-")
        ends = before in "BI" and (prefix in "BO" or label != label_before)
        starts = prefix == "B" or (prefix == "I" and (before == "O" or label != label_before))
        if ends and start is not None:
            found.append((kind, start, i))
            start = None
        if starts:
            start, kind = i, label
        previous = tag
    return found


def tags_of(length):
    tags = []
    while len(tags) < length:
        if random.random() < 0.45:
            label, size = random.choice("xyz"), random.randint(1, 3)
            tags += ["B-" + label] + ["I-" + label] * (size - 1)
        else:
            tags.append("O")
    return tags[:length]


def span():
    rows, right, answered_all, gold_all = [], {}, {}, {}
    for _ in range(60):
        length = random.randint(1, 9)
        gold = tags_of(length)
        answered = list(gold) if random.random() < 0.5 else tags_of(length)
        g, a = chunks(gold), chunks(answered)
        for chunk in a:
            answered_all[chunk[0]] = answered_all.get(chunk[0], 0) + 1
            right[chunk[0]] = right.get(chunk[0], 0) + (chunk in g)
        for chunk in g:
            gold_all[chunk[0]] = gold_all.get(chunk[0], 0) + 1
        rows.append({"gold": g, "answered": a, "confidence": round(random.uniform(0.4, 1), 5)})
    labels = sorted(set(gold_all) | set(answered_all))
    table = {}
    for label in labels:
        ok, n, m = right.get(label, 0), answered_all.get(label, 0), gold_all.get(label, 0)
        table[label] = (ratio(ok, n), ratio(ok, m))
    ok, n, m = sum(right.values()), sum(answered_all.values()), sum(gold_all.values())
    f1 = [ratio(2 * p * r, p + r) for p, r in table.values()]
    p, r = ratio(ok, n), ratio(ok, m)
    figures = {
        "precision": p, "recall": r, "f1": ratio(2 * p * r, p + r), "macroF1": sum(f1) / len(f1),
        "exactMatch": sum(row["gold"] == row["answered"] for row in rows) / len(rows),
    }
    return {"labels": labels, "rows": rows, "figures": figures}


def pearson(x, y):
    mx, my = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mx) * (b - my) for a, b in zip(x, y)) / sqrt(sum((a - mx) ** 2 for a in x) * sum((b - my) ** 2 for b in y))


def ranks(values):
    ordered = sorted(values)
    return [ordered.index(v) + (ordered.count(v) - 1) / 2 for v in values]


def score():
    rows = []
    for _ in range(50):
        gold = random.choice([0, 0.25, 0.5, 0.75, 1])
        rows.append({"gold": gold, "answered": round(min(1, max(0, gold + random.gauss(0, 0.2))), 2)})
    x, y = [r["gold"] for r in rows], [r["answered"] for r in rows]
    errors = [abs(a - b) for a, b in zip(x, y)]
    mse = sum(e * e for e in errors) / len(errors)
    return {"labels": [], "rows": rows, "figures": {
        "mae": sum(errors) / len(errors), "mse": mse, "rmse": sqrt(mse), "pearson": pearson(x, y), "spearman": pearson(ranks(x), ranks(y)),
    }}


def mcnemar():
    cases = []
    for b, c in [(0, 0), (0, 1), (5, 5), (3, 12), (30, 12), (400, 460), (1500, 1300)]:
        n = b + c
        p = min(Fraction(1), 2 * Fraction(sum(comb(n, k) for k in range(min(b, c) + 1)), 2 ** n))
        cases.append({"onlyFirst": b, "onlySecond": c, "p": float(p)})
    return cases


def holm():
    p = [0.04, 0.01, 0.5, 0.02]
    adjusted = [0.0] * len(p)
    previous = 0.0
    for rank, i in enumerate(sorted(range(len(p)), key=lambda i: p[i])):
        previous = max(previous, min(1.0, p[i] * (len(p) - rank)))
        adjusted[i] = previous
    return {"p": p, "adjusted": adjusted}


print(json.dumps({"single": single(), "multi": multi(), "span": span(), "score": score(), "mcnemar": mcnemar(), "holm": holm()}, separators=(",", ":")))
