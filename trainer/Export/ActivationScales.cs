using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Export.MatMuls;
using Edge.Trainer.Model;
using Microsoft.ML.OnnxRuntime;

namespace Edge.Trainer.Export;

/// <summary>
/// Scales of activations, found by running utterances in single precision: of a few ranges the one with the least squared error of
/// rounding (Banner et al. 2019), because the largest value of all is seldom worth the precision of the others.
/// </summary>
internal static class ActivationScales
{
    private const int Utterances = 200;
    private const int ValuesKept = 1_000; // of each activation and utterance

    private static readonly float[] PartsOfTheLargest = [1, 0.9f, 0.8f, 0.7f, 0.6f, 0.5f, 0.4f, 0.3f, 0.2f];

    /// <summary>Measures.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="task">Heads.</param>
    /// <param name="weights">Weights of the student.</param>
    /// <param name="inputs">Utterances as they will come; the first 200 are run.</param>
    /// <param name="path">A file that may be written and is deleted again.</param>
    /// <returns>Scale by name of the activation, above 0.</returns>
    public static IReadOnlyDictionary<string, float> Measure(BertConfig config, TaskDefinition task, ModelWeights weights, IEnumerable<EncodedUtterance> inputs, string path)
    {
        var matMuls = new ObservedMatMuls();
        Fp32Exporter.Export(config, task, weights, path, null, matMuls);
        try
        {
            return Measure(path, [.. matMuls.Outputs], inputs.Take(Utterances));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Dictionary<string, float> Measure(string path, string[] outputs, IEnumerable<EncodedUtterance> inputs)
    {
        var values = outputs.ToDictionary(name => name, _ => new List<float>(), StringComparer.Ordinal);
        var random = new Random(1);
        using var session = new InferenceSession(path);
        using var options = new RunOptions();
        foreach (var input in inputs)
        {
            long[] shape = [1, input.Length];
            using var ids = OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(input.Ids, id => (long)id), shape);
            using var mask = OrtValue.CreateTensorValueFromMemory([.. Enumerable.Repeat(1L, input.Length)], shape);
            using var types = OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(input.TypeIds, type => (long)type), shape);
            using var results = session.Run(options, ["input_ids", "attention_mask", "token_type_ids"], [ids, mask, types], outputs);
            for (var i = 0; i < outputs.Length; i++)
            {
                var of = values[outputs[i]];
                var found = results[i].GetTensorDataAsSpan<float>();
                // At irregular distances, so that no feature is always left out.
                for (var at = 0; at < found.Length; at += random.Next(1, Math.Max(2, 2 * found.Length / ValuesKept)))
                    of.Add(found[at]);
            }
        }
        return values.ToDictionary(entry => entry.Key, entry => Scale(entry.Value), StringComparer.Ordinal);
    }

    private static float Scale(List<float> values)
    {
        var largest = values.Count == 0 ? 0 : values.Max(Math.Abs);
        return largest == 0 ? 1 : PartsOfTheLargest.Select(part => part * largest / 127).MinBy(scale => values.Sum(value => Error(value, scale)));
    }

    private static double Error(float value, float scale)
    {
        var error = (double)value - (Math.Clamp(MathF.Round(value / scale), -128, 127) * scale);
        return error * error;
    }
}
