using Edge.Bundles.Common;
using Edge.Bundles.Tasks;
using Microsoft.ML.OnnxRuntime;

namespace Edge.Bundles.Inference;

/// <summary>What a student model must declare: Hugging Face's input names, and one output a head.</summary>
public static class ModelSignature
{
    /// <summary>Ids of word pieces: Int64 [batch, length].</summary>
    public const string InputIds = "input_ids";
    /// <summary>1 for a token, 0 for padding: Int64 [batch, length].</summary>
    public const string AttentionMask = "attention_mask";
    /// <summary>Segments: Int64 [batch, length].</summary>
    public const string TokenTypeIds = "token_type_ids";

    /// <summary>Rows of the n-gram table, which <see cref="NgramLookup"/> finds: Int32 [batch, length, kinds].</summary>
    public const string NgramRows = "ngram_rows";

    /// <summary>Output that has the pooled vector, Single [batch, hidden]; Hugging Face's name.</summary>
    public const string PooledOutput = "pooler_output";

    private static readonly string[] KnownInputs = [InputIds, AttentionMask, TokenTypeIds, NgramRows];

    /// <summary>Throws one exception that lists everything that does not fit.</summary>
    internal static void Check(string modelFile, InferenceSession session, IReadOnlyList<HeadDefinition> heads)
    {
        var problems = new List<string>();
        CheckInputs(session, problems);
        foreach (var head in heads)
            CheckOutput(session, head, problems);
        if (problems.Count > 0)
            throw new BundleException($"{modelFile}: {string.Join("; ", problems)}. Export the model again with this task.");
    }

    /// <summary>The n-gram table that a file's graph reads the rows of; <c>null</c> where it reads none.</summary>
    internal static NgramLookup? ReadNgrams(string modelFile, InferenceSession session)
    {
        if (!session.InputMetadata.TryGetValue(NgramRows, out var input))
            return null;
        if (!session.ModelMetadata.CustomMetadataMap.TryGetValue(NgramLookup.MetadataKey, out var text))
            throw new BundleException($"{modelFile}: it has an input {NgramRows}, but no n-gram table in its metadata " +
                $"({NgramLookup.MetadataKey}). Export the model again.");
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
            throw new BundleException($"{modelFile}: {NgramLookup.MetadataKey} in its metadata is not base64. Export the model again.");
        var lookup = NgramLookup.Read(modelFile, bytes.AsSpan(0, length));
        return lookup.Kinds == input.Dimensions[^1]
            ? lookup
            : throw new BundleException($"{modelFile}: its n-gram table has {lookup.Kinds} kinds, input {NgramRows} " +
                $"{input.Dimensions[^1]}. Export the model again.");
    }

    /// <summary>Width of the pooled vector; 0 where the file does not give it out.</summary>
    internal static int PooledWidth(InferenceSession session) =>
        session.OutputMetadata.TryGetValue(PooledOutput, out var metadata) && metadata.ElementType == typeof(float)
        && metadata.Dimensions is [_, > 0 and var width] ? width : 0;

    private static void CheckInputs(InferenceSession session, List<string> problems)
    {
        if (!session.InputMetadata.ContainsKey(InputIds))
            problems.Add($"input {InputIds} is missing, found {List(session.InputMetadata.Keys)}");
        foreach (var (name, metadata) in session.InputMetadata)
        {
            if (!KnownInputs.Contains(name))
                problems.Add($"input {name} is unknown, expected {List(KnownInputs)}");
            else if (name == NgramRows)
            {
                if (metadata.ElementType != typeof(int) || metadata.Dimensions.Length != 3)
                    problems.Add($"input {name} is {Describe(metadata)}, expected Int32[batch, length, kinds]");
            }
            else if (metadata.ElementType != typeof(long) || metadata.Dimensions.Length != 2)
            {
                problems.Add($"input {name} is {Describe(metadata)}, expected Int64[batch, length]");
            }
        }
    }

    private static void CheckOutput(InferenceSession session, HeadDefinition head, List<string> problems)
    {
        var rank = head.Kind == HeadKind.Span ? 3 : 2;
        var expected = rank == 3 ? $"Single[batch, length, {head.OutputCount}]" : $"Single[batch, {head.OutputCount}]";
        if (!session.OutputMetadata.TryGetValue(head.Name, out var metadata))
            problems.Add($"head {head.Name}: no output of this name, found {List(session.OutputMetadata.Keys)}, expected {expected}");
        else if (metadata.ElementType != typeof(float) || metadata.Dimensions.Length != rank || metadata.Dimensions[^1] != head.OutputCount)
            problems.Add($"head {head.Name}: output is {Describe(metadata)}, expected {expected}");
    }

    private static string Describe(NodeMetadata metadata) =>
        $"{metadata.ElementType.Name}[{string.Join(", ", metadata.Dimensions.Select(size => size < 0 ? "?" : $"{size}"))}]";

    private static string List(IEnumerable<string> names) => string.Join(", ", names);
}
