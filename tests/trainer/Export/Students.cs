using Edge.Bundles;
using Edge.Bundles.Inference;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Export;
using Edge.Trainer.Model;
using Edge.Trainer.Ngrams;

namespace Edge.Trainer.Tests.Export;

/// <summary>Students with random weights, of which no two behave alike in any weight's place.</summary>
internal static class Students
{
    public static readonly BertConfig Tiny = new()
    {
        VocabularySize = 97, HiddenSize = 24, Layers = 2, AttentionHeads = 3, IntermediateSize = 40, MaxPositions = 20,
    };

    /// <summary>The student of the demonstration: 4 layers of 312, a Chinese vocabulary.</summary>
    public static readonly BertConfig Small = new() { VocabularySize = 21128 };

    public static readonly TaskDefinition EveryKind = new()
    {
        MaxLength = 16,
        UsesContext = true,
        Heads =
        [
            new() { Name = "sentiment", Kind = HeadKind.Single, Labels = ["积极", "中性", "消极", "非常消极"] },
            new() { Name = "entities", Kind = HeadKind.Span, Labels = ["ORDER_NUMBER", "PHONE", "CITY"] },
            new() { Name = "compliance", Kind = HeadKind.Multi, Labels = ["greeting", "apology", "promise"] },
            new() { Name = "suitability", Kind = HeadKind.Score },
            new() { Name = "intent", Kind = HeadKind.Single, Labels = [.. Enumerable.Range(0, 20).Select(i => $"intent{i}")] },
        ],
    };

    /// <summary>Its head of spans alone.</summary>
    public static readonly TaskDefinition SpanOnly = EveryKind with { Heads = [EveryKind.Heads[1]] };

    /// <summary>Its first head, of one label, alone.</summary>
    public static readonly TaskDefinition SingleOnly = EveryKind with { Heads = [EveryKind.Heads[0]] };

    /// <summary>Weights of a size as trained ones have: matrices that keep the variance of their input, LayerNorms near 1.</summary>
    public static Dictionary<string, WeightTensor> Weights(BertConfig config, TaskDefinition task, int seed = 1)
    {
        var random = new Random(seed);
        var (hidden, inner) = (config.HiddenSize, config.IntermediateSize);
        var weights = new Dictionary<string, WeightTensor>();

        void Add(string name, double mean, double deviation, params int[] shape) =>
            weights.Add(name, new WeightTensor(Normal(random, shape.Aggregate(1, (a, b) => a * b), mean, deviation), shape));

        void Linear(string name, int outputs, int inputs)
        {
            Add(name + ".weight", 0, 1 / Math.Sqrt(inputs), outputs, inputs);
            Add(name + ".bias", 0, 0.1, outputs);
        }

        void LayerNorm(string name)
        {
            Add(name + ".weight", 1, 0.1, hidden);
            Add(name + ".bias", 0, 0.1, hidden);
        }

        Add("embeddings.word_embeddings.weight", 0, 0.05, config.VocabularySize, hidden);
        Add("embeddings.position_embeddings.weight", 0, 0.02, config.MaxPositions, hidden);
        Add("embeddings.token_type_embeddings.weight", 0, 0.02, config.TypeVocabularySize, hidden);
        LayerNorm("embeddings.LayerNorm");
        for (var layer = 0; layer < config.Layers; layer++)
        {
            var at = $"encoder.layer.{layer}.";
            foreach (var part in new[] { "query", "key", "value" })
                Linear($"{at}attention.self.{part}", hidden, hidden);
            if (config.RelativePositions > 0)
                Add(at + "attention.self.relative_positions.weight", 0, 1, RelativePositions.Distances(config.RelativePositions),
                    config.AttentionHeads);
            Linear(at + "attention.output.dense", hidden, hidden);
            LayerNorm(at + "attention.output.LayerNorm");
            Linear(at + "intermediate.dense", inner, hidden);
            Linear(at + "output.dense", hidden, inner);
            LayerNorm(at + "output.LayerNorm");
        }
        Linear("pooler.dense", hidden, hidden);
        foreach (var head in task.Heads)
            Linear($"heads.{head.Name}", head.OutputCount, hidden);
        return weights;
    }

    /// <summary>A table of two n-grams, which change nothing.</summary>
    public static NgramTable Ngrams(TaskDefinition task) =>
        new(task.Heads, [7, 8], new PerfectHash([7, 8]), new float[2 * task.Heads.Sum(head => head.OutputCount)], triples: true);

    /// <summary>Writes a student's file in a precision.</summary>
    public static void Export(
        string precision, BertConfig config, TaskDefinition task, Dictionary<string, WeightTensor> weights, string file,
        NgramTable? ngrams = null, IReadOnlySet<string>? inFloats = null)
    {
        switch (precision)
        {
            case Precision.Fp32: Fp32Exporter.Export(config, task, weights, file, ngrams); break;
            case Precision.Fp16: Fp16Exporter.Export(config, task, weights, file, ngrams); break;
            case Precision.Int8: Int8Exporter.Export(config, task, weights, file, ngrams, inFloats); break;
            case Precision.Dynamic: DynamicExporter.Export(config, task, weights, file, ngrams, inFloats); break;
            default: throw new ArgumentException($"{precision} is no precision.", nameof(precision));
        }
    }

    /// <summary>
    /// Makes values of some features of a layer small by a factor, and the weights that read them as much larger: the same function, but 8
    /// bits a column hold little of the other features any more.
    /// </summary>
    public static void Spoil(Dictionary<string, WeightTensor> weights, int layer, Func<int, bool> features, float factor)
    {
        var at = $"encoder.layer.{layer}.attention.";
        foreach (var name in new[] { at + "self.value.weight", at + "self.value.bias" })
            weights[name] = Scaled(weights[name], (row, _) => features(row), 1 / factor);
        weights[at + "output.dense.weight"] = Scaled(weights[at + "output.dense.weight"], (_, column) => features(column), factor);
    }

    // A matrix, or a vector of rows, with some values multiplied.
    private static WeightTensor Scaled(WeightTensor tensor, Func<int, int, bool> chosen, float factor)
    {
        var columns = tensor.Shape.Length == 2 ? tensor.Shape[1] : 1;
        return tensor with { Values = [.. tensor.Values.Select((value, i) => chosen(i / columns, i % columns) ? value * factor : value)] };
    }

    /// <summary>A made input: a pair where the task uses context and there is room.</summary>
    public static EncodedUtterance Utterance(BertConfig config, TaskDefinition task, int length, int seed)
    {
        var random = new Random(seed);
        var context = task.UsesContext && length > 3 ? random.Next(2, length - 1) : 0; // [CLS] context [SEP]
        return Input(
            [.. Enumerable.Range(0, length).Select(_ => random.Next(config.VocabularySize))],
            [.. Enumerable.Range(0, length).Select(i => context > 0 && i >= context ? 1 : 0)]);
    }

    /// <summary>An input of given tokens; where they stand in a text does not matter to the model.</summary>
    public static EncodedUtterance Input(int[] ids, int[] types)
    {
        var start = Math.Max(Array.IndexOf(types, 1), 1);
        return new EncodedUtterance
        {
            Ids = ids,
            TypeIds = types,
            Offsets = new SourceSpan[ids.Length],
            TextStart = start,
            TextCount = Math.Max(ids.Length - start - 1, 0),
            Truncated = false,
        };
    }

    private static float[] Normal(Random random, int count, double mean, double deviation)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++) // Box and Muller 1958
            values[i] =
                (float)(mean
                    + (deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));
        return values;
    }

    /// <summary>
    /// Error of a file's logits against another's, relative to their size, over utterances of every length that the student reads.
    /// </summary>
    public static double RelativeError(string file, string reference, BertConfig config, TaskDefinition task)
    {
        var (found, expected) = (Logits(file, config, task), Logits(reference, config, task));
        return Math.Sqrt(found.Zip(expected).Sum(pair => LogitsParity.SquaredError(pair.First, pair.Second))
            / expected.Sum(heads => heads.Sum(values => values.Sum(value => (double)value * value))));
    }

    /// <summary>A file's logits on utterances of every length that the student reads, by utterance and head.</summary>
    public static float[][][] Logits(string file, BertConfig config, TaskDefinition task)
    {
        using var session = StudentSession.Open(file, task.Heads);
        using var logits = session.CreateLogits();
        return [.. Enumerable.Range(3, task.MaxLength - 2).Select(length =>
        {
            session.Run(Utterance(config, task, length, seed: length), logits);
            return Enumerable.Range(0, task.Heads.Count).Select(head => logits[head].ToArray()).ToArray();
        })];
    }
}
