using Edge.Bundles.Tasks;
using Edge.Trainer.Model;

namespace Edge.Trainer.Tests.Export;

/// <summary>
/// BERT's forward pass in plain loops and double precision, written from Devlin et al. 2019 and Vaswani et al. 2017, with relative
/// positions as Shaw et al. 2018 clip them, one utterance at a time. It shares no code with the exporters.
/// </summary>
internal sealed class ReferenceBert(BertConfig config, IReadOnlyDictionary<string, WeightTensor> weights)
{
    /// <summary>Logits of a head: [outputs], or [tokens × tags].</summary>
    public double[] Logits(HeadDefinition head, int[] ids, int[] types)
    {
        var states = Encode(ids, types);
        if (head.Kind == HeadKind.Span)
            return [.. states.SelectMany(state => Linear($"heads.{head.Name}", state))];
        var read = config.Pooling == Pooling.Cls
            ? states[0]
            : [.. Enumerable.Range(0, config.HiddenSize).Select(unit => states.Average(state => state[unit]))];
        return Linear($"heads.{head.Name}", Array.ConvertAll(Linear("pooler.dense", read), Math.Tanh));
    }

    private double[][] Encode(int[] ids, int[] types)
    {
        var states = ids.Select((id, position) => LayerNorm("embeddings.LayerNorm", Sum(
            Row("embeddings.word_embeddings.weight", id),
            Row("embeddings.position_embeddings.weight", position),
            Row("embeddings.token_type_embeddings.weight", types[position])))).ToArray();
        for (var layer = 0; layer < config.Layers; layer++)
        {
            var at = $"encoder.layer.{layer}.";
            var contexts = Attend(at + "attention.self.", states);
            states = [.. states.Select((state, token) =>
            {
                var attended =
                    LayerNorm(at + "attention.output.LayerNorm", Sum(state, Linear(at + "attention.output.dense", contexts[token])));
                var inner = Array.ConvertAll(
                    Linear(at + "intermediate.dense", attended), x => config.Activation == Activation.Relu ? Math.Max(x, 0) : Gelu(x));
                return LayerNorm(at + "output.LayerNorm", Sum(attended, Linear(at + "output.dense", inner)));
            })];
        }
        return states;
    }

    private double[][] Attend(string at, double[][] states)
    {
        var queries = Array.ConvertAll(states, state => Linear(at + "query", state));
        var keys = Array.ConvertAll(states, state => Linear(at + "key", state));
        var values = Array.ConvertAll(states, state => Linear(at + "value", state));
        var size = config.HiddenSize / config.AttentionHeads;
        var contexts = Array.ConvertAll(states, _ => new double[config.HiddenSize]);
        for (var head = 0; head < config.AttentionHeads; head++)
        {
            var units = Enumerable.Range(head * size, size).ToArray();
            for (var token = 0; token < states.Length; token++)
            {
                var scores = keys.Select((key, other) =>
                    Math.Exp((units.Sum(unit => queries[token][unit] * key[unit]) / Math.Sqrt(size)) + Distance(at, other - token, head)))
                    .ToArray();
                var total = scores.Sum();
                foreach (var unit in units)
                    contexts[token][unit] = values.Select((value, other) => scores[other] / total * value[unit]).Sum();
            }
        }
        return contexts;
    }

    private double Distance(string at, int distance, int head)
    {
        var reach = config.RelativePositions;
        return reach == 0
            ? 0
            : weights[at + "relative_positions.weight"].Values[
                ((Math.Clamp(distance, -reach, reach) + reach) * config.AttentionHeads) + head];
    }

    private double[] Linear(string name, double[] x)
    {
        var weight = weights[name + ".weight"].Values;
        var bias = weights[name + ".bias"].Values;
        var result = new double[bias.Length];
        for (var output = 0; output < result.Length; output++)
        {
            result[output] = bias[output];
            for (var input = 0; input < x.Length; input++)
                result[output] += (double)weight[(output * x.Length) + input] * x[input];
        }
        return result;
    }

    private double[] LayerNorm(string name, double[] x)
    {
        var scale = weights[name + ".weight"].Values;
        var bias = weights[name + ".bias"].Values;
        var mean = x.Average();
        var deviation = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + config.LayerNormEps);
        return [.. x.Select((value, unit) => ((value - mean) / deviation * scale[unit]) + bias[unit])];
    }

    private double[] Row(string name, int row) =>
        Array.ConvertAll(weights[name].Values[(row * config.HiddenSize)..((row + 1) * config.HiddenSize)], value => (double)value);

    private static double[] Sum(params double[][] parts) => [.. parts[0].Select((_, unit) => parts.Sum(part => part[unit]))];

    private static double Gelu(double x) => x / 2 * (1 + Erf(x / Math.Sqrt(2)));

    // erf x = 2/√π · Σ (-1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1)); beyond ±4 it is ±1 within 2e-8.
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 4)
            return Math.Sign(x);
        var (sum, term) = (x, x);
        for (var n = 1; n < 80; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }
        return sum * 2 / Math.Sqrt(Math.PI);
    }
}
