using System.Runtime.InteropServices;
using Edge.Bundles.Inference;
using Edge.Bundles.Tokenization;
using Microsoft.ML.OnnxRuntime;

namespace Edge.Bench.Model;

/// <summary>
/// One utterance several times side by side, through the model alone: what a batch would gain on this box. Buffers are bound once, as in
/// the appliance.
/// </summary>
internal sealed class UtteranceBatch : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtIoBinding _binding;
    private readonly List<OrtValue> _values = [];

    private UtteranceBatch(InferenceSession session, TokenView encoded, int utterances)
    {
        _session = session;
        _binding = session.CreateIoBinding();
        foreach (var name in session.InputNames)
        {
            var row = new long[encoded.Length];
            for (var token = 0; token < row.Length; token++)
                row[token] = name == "attention_mask" ? 1 : name == "token_type_ids" ? encoded.TypeIds[token] : encoded.Ids[token];
            _binding.BindInput(
                name, Pinned([.. Enumerable.Repeat(row, utterances).SelectMany(values => values)], [utterances, encoded.Length]));
        }
        foreach (var (name, metadata) in session.OutputMetadata)
        {
            long[] shape = metadata.Dimensions.Length == 3
                ? [utterances, encoded.Length, metadata.Dimensions[2]]
                : [utterances, metadata.Dimensions[1]];
            _binding.BindOutput(name, Pinned(new float[shape.Aggregate((a, b) => a * b)], shape));
        }
    }

    /// <summary>Prepares a batch.</summary>
    /// <param name="student">The model.</param>
    /// <param name="encoded">The utterance.</param>
    /// <param name="utterances">How often it stands in the batch, 1 or more.</param>
    /// <returns><c>null</c> where the file takes one utterance a run, as the 8-bit file does, or reads rows of n-grams, as the one for
    /// GPUs does.</returns>
    public static UtteranceBatch? Create(StudentSession student, TokenView encoded, int utterances) =>
        student.Runtime.InputMetadata.All(input => input.Value.Dimensions[0] < 0 && input.Key != ModelSignature.NgramRows)
        ? new UtteranceBatch(student.Runtime, encoded, utterances)
        : null;

    /// <summary>Runs it once.</summary>
    public void Run() => _session.RunWithBinding(_options, _binding);

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding.Dispose();
        _values.ForEach(value => value.Dispose());
        _options.Dispose();
    }

    private OrtValue Pinned<T>(T[] values, long[] shape)
        where T : unmanaged
    {
        var pinned = GC.AllocateArray<T>(values.Length, pinned: true);
        values.CopyTo(pinned, 0);
        var value = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, MemoryMarshal.CreateFromPinnedArray(pinned, 0, pinned.Length), shape);
        _values.Add(value);
        return value;
    }
}
