using Edge.Bundles.Common;
using Edge.Bundles.Tasks;
using Microsoft.ML.OnnxRuntime;

namespace Edge.Bundles.Inference;

/// <summary>What a student model must declare: Hugging Face's input names, and one output a head.</summary>
internal static class ModelSignature
{
    public const string InputIds = "input_ids";
    public const string AttentionMask = "attention_mask";
    public const string TokenTypeIds = "token_type_ids";

    private static readonly string[] KnownInputs = [InputIds, AttentionMask, TokenTypeIds];

    /// <summary>Throws one exception that lists everything that does not fit.</summary>
    public static void Check(string modelFile, InferenceSession session, IReadOnlyList<HeadDefinition> heads)
    {
        var problems = new List<string>();
        CheckInputs(session, problems);
        foreach (var head in heads)
            CheckOutput(session, head, problems);
        if (problems.Count > 0)
            throw new BundleException($"{modelFile}: {string.Join("; ", problems)}. Export the model again with this task.");
    }

    private static void CheckInputs(InferenceSession session, List<string> problems)
    {
        if (!session.InputMetadata.ContainsKey(InputIds))
            problems.Add($"input {InputIds} is missing, found {List(session.InputMetadata.Keys)}");
        foreach (var (name, metadata) in session.InputMetadata)
        {
            if (!KnownInputs.Contains(name))
                problems.Add($"input {name} is unknown, expected {List(KnownInputs)}");
            else if (metadata.ElementType != typeof(long) || metadata.Dimensions.Length != 2)
                problems.Add($"input {name} is {Describe(metadata)}, expected Int64[batch, length]");
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
