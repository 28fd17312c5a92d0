using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Model;
using Microsoft.ML.OnnxRuntime;

namespace Edge.Trainer.Tests.Export;

/// <summary>Utterances of different lengths side by side, as programs feed them that know only the usual inputs.</summary>
internal sealed class PaddedBatch
{
    private readonly Dictionary<string, long[]> _inputs;

    /// <summary>Made utterances of the given lengths, padded to the longest; the padding holds whatever tokens.</summary>
    public PaddedBatch(BertConfig config, TaskDefinition task, params int[] lengths)
    {
        Utterances = [.. lengths.Select((length, row) => Students.Utterance(config, task, length, seed: 100 + row))];
        Width = lengths.Max();
        var (ids, mask, types) = (new long[lengths.Length * Width], new long[lengths.Length * Width], new long[lengths.Length * Width]);
        for (var row = 0; row < lengths.Length; row++)
        {
            for (var token = 0; token < Width; token++)
            {
                var isInside = token < lengths[row];
                var at = (row * Width) + token;
                (ids[at], mask[at], types[at]) = isInside ? (Utterances[row].Ids[token], 1, Utterances[row].TypeIds[token]) : (5, 0, 1);
            }
        }
        _inputs = new() { ["input_ids"] = ids, ["attention_mask"] = mask, ["token_type_ids"] = types };
    }

    /// <summary>The utterances.</summary>
    public IReadOnlyList<EncodedUtterance> Utterances { get; }

    /// <summary>Tokens of a row.</summary>
    public int Width { get; }

    /// <summary>[utterances, width].</summary>
    public long[] Shape => [Utterances.Count, Width];

    /// <summary>By name, [utterances, width].</summary>
    public IReadOnlyDictionary<string, long[]> Inputs => _inputs;

    /// <summary>Every output that is asked for, from a file with a free batch.</summary>
    public Dictionary<string, float[]> Run(string file, IEnumerable<string> outputs)
    {
        using var session = new InferenceSession(file);
        using var options = new RunOptions();
        var values = session.InputNames.Select(name => OrtValue.CreateTensorValueFromMemory(_inputs[name], Shape)).ToArray();
        try
        {
            string[] names = [.. outputs];
            using var results = session.Run(options, session.InputNames, values, names);
            return names.Zip(results).ToDictionary(pair => pair.First, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray());
        }
        finally
        {
            foreach (var value in values)
                value.Dispose();
        }
    }
}
