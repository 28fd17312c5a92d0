using Edge.Bundles;
using Edge.Bundles.Common;
using Edge.Bundles.Inference;
using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Evaluation;

/// <summary>One precision of a bundle that is measured on labelled utterances, through the session that serves.</summary>
/// <param name="Bundle">The bundle.</param>
/// <param name="Precision">Name of the precision.</param>
/// <param name="Entry">What the manifest says of it.</param>
internal sealed record BundleUnderTest(OpenedBundle Bundle, string Precision, PrecisionEntry Entry)
{
    /// <summary>The bundle's task.</summary>
    public TaskDefinition Task => Bundle.Manifest.Task;

    /// <summary>
    /// How data are read for it. The task's labels are not imposed on the data: a label that the model cannot know is a miss,
    /// not a bad row.
    /// </summary>
    public TaskDefinition TaskWithoutLabels =>
        Task with { Heads = [.. Task.Heads.Select(head => head with { Labels = [], Transitions = null })] };

    /// <summary>Opens a bundle.</summary>
    /// <param name="folder">Folder of the bundle.</param>
    /// <param name="precision">A name of <see cref="Edge.Bundles.Precision"/>.</param>
    /// <param name="option">The option that names the folder, for messages.</param>
    public static BundleUnderTest Open(string folder, string precision, string option)
    {
        var bundle = BundleReader.Open(folder);
        if (!bundle.Manifest.Precisions.TryGetValue(precision, out var entry))
            throw new UserException(
                $"--precision is {precision}; the bundle of {option} has {string.Join(", ", bundle.Manifest.Precisions.Keys)}");
        return new BundleUnderTest(bundle, precision, entry);
    }

    /// <summary>Answers utterances and puts the answers beside the annotation.</summary>
    public JudgedSet Judge(IReadOnlyList<LabelledUtterance> utterances, CancellationToken cancellation)
    {
        var set = EvaluationSet.Create(utterances, new ExampleEncoder(Bundle.LoadTokenizer(), Task));
        using var session = StudentSession.Open(Bundle.PathOf(Entry), Task.Heads);
        var (logits, norms) = StudentLogits.ComputeWithNorms(session, set.Examples, cancellation);
        return JudgedSet.Create(Task, set, logits, Entry.Temperatures) with
        {
            Scope = JudgedScope.Create(Task, set, logits, norms, Entry),
        };
    }
}
