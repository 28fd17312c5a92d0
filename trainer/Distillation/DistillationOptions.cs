using Edge.Trainer.Common;
using Edge.Trainer.Distillation.Layers;
using Edge.Trainer.Model;

namespace Edge.Trainer.Distillation;

/// <summary>What a student learns from its teacher (Hinton et al. 2015), and what from the labels.</summary>
internal sealed record DistillationOptions
{
    // Answers

    /// <summary>Softens both models' logits, 1 to 20. Higher shows more of what the teacher thinks of the wrong labels.</summary>
    public double Temperature { get; init; } = 2;

    /// <summary>Weight of the teacher's soft targets on every head, 0 to 100.</summary>
    public double SoftWeight { get; init; } = 0.7;

    /// <summary>Weight of the labels, 0 to 100. Utterances without labels have only the soft targets.</summary>
    public double HardWeight { get; init; } = 0.3;

    /// <summary>
    /// Whether linear models of words teach beside the teachers, each head with the weight (0, 0.25, 0.5 or 0.75) that gives the
    /// lowest log-loss on dev. They are trained within seconds.
    /// </summary>
    public bool LinearTeacher { get; init; } = true;

    // Intermediate layers

    /// <summary>
    /// Weight of the distance between hidden states, 0 to 100; the student's are brought to the teacher's width by projections
    /// that are learned and thrown away (Jiao et al. 2020). 0 leaves it out.
    /// </summary>
    public double HiddenWeight { get; init; }

    /// <summary>Layers whose hidden states are compared.</summary>
    public LayerMapping HiddenLayers { get; init; } = LayerMapping.Last;

    /// <summary>Whether what the embeddings give is compared too, as part of the hidden states.</summary>
    public bool HiddenEmbeddings { get; init; }

    /// <summary>
    /// Weight of the relations among queries, among keys and among values, 0 to 100 (Wang et al. 2021). They are compared in
    /// heads of their own, so the models may differ in heads and width. 0 leaves it out.
    /// </summary>
    public double RelationWeight { get; init; }

    /// <summary>Heads that relations are compared in, 1 to 1024, a divisor of both widths; 0: the most up to 12 that divide them.</summary>
    public int RelationHeads { get; init; }

    /// <summary>Weight of the attention of every head, 0 to 100; both models must have the same number of heads. 0 leaves it out.</summary>
    public double AttentionWeight { get; init; }

    /// <summary>Layers whose relations and attention are compared; the paper compares one pair, the last.</summary>
    public LayerMapping AttentionLayers { get; init; } = LayerMapping.Last;

    // Transfer set

    /// <summary>
    /// Most utterances without labels an epoch, as a multiple of the labelled ones, 0 to 100; others have their turn later.
    /// </summary>
    public double UnlabelledRatio { get; init; } = 1;

    /// <summary>Training texts an epoch with some words changed, as a multiple of the labelled utterances, 0 to 10.</summary>
    public double ChangedTexts { get; init; } = 1;

    /// <summary>Memory for teachers' answers to utterances that come back in every epoch, 0 to 1,000,000 megabytes.</summary>
    public double CacheMegabytes { get; init; } = 512;

    // Start

    /// <summary>Layers of the teacher that the student starts from.</summary>
    public LayerSelection StudentLayers { get; init; } = LayerSelection.Uniform;

    /// <summary>Which weights of the teacher's layers the student starts from.</summary>
    public StartingWeights StudentWeights { get; init; } = StartingWeights.Trained;

    /// <summary>Whether intermediate layers are compared, so that a teacher must read every batch.</summary>
    internal bool UsesIntermediateLayers => HiddenWeight > 0 || RelationWeight > 0 || AttentionWeight > 0;

    /// <summary>Whether any term asks a teacher.</summary>
    internal bool NeedsTeacher => SoftWeight > 0 || UsesIntermediateLayers;

    /// <summary>What is out of range.</summary>
    public IEnumerable<string> Problems(string place)
    {
        if (Temperature is not (>= 1 and <= 20))
            yield return SettingProblem.Of(place, nameof(Temperature), Temperature, "1 to 20");
        (string Member, double Weight)[] weights =
        [
            (nameof(SoftWeight), SoftWeight), (nameof(HardWeight), HardWeight), (nameof(HiddenWeight), HiddenWeight),
            (nameof(RelationWeight), RelationWeight), (nameof(AttentionWeight), AttentionWeight),
        ];
        foreach (var (member, weight) in weights)
        {
            if (weight is not (>= 0 and <= 100))
                yield return SettingProblem.Of(place, member, weight, "0 to 100");
        }
        if (RelationHeads is < 0 or > 1024)
            yield return SettingProblem.Of(place, nameof(RelationHeads), RelationHeads, "1 to 1024, or 0 for as many as fit");
        if (UnlabelledRatio is not (>= 0 and <= 100))
            yield return SettingProblem.Of(place, nameof(UnlabelledRatio), UnlabelledRatio, "0 to 100");
        if (ChangedTexts is not (>= 0 and <= 10))
            yield return SettingProblem.Of(place, nameof(ChangedTexts), ChangedTexts, "0 to 10");
        if (CacheMegabytes is not (>= 0 and <= 1_000_000))
            yield return SettingProblem.Of(place, nameof(CacheMegabytes), CacheMegabytes, "0 to 1000000");
        if (SoftWeight + HardWeight == 0)
            yield return SettingProblem.Of(place, nameof(SoftWeight), "0, as hardWeight is", "above 0 for one of them");
    }

    /// <summary>What two models cannot do together.</summary>
    public IEnumerable<string> Problems(string place, BertConfig student, BertConfig teacher)
    {
        var problems = StudentLayers.Problems(SettingProblem.Path(place, nameof(StudentLayers)), student, teacher).ToList();
        if (HiddenWeight > 0)
            problems.AddRange(HiddenLayers.Problems(SettingProblem.Path(place, nameof(HiddenLayers)), student, teacher));
        if (RelationWeight > 0 || AttentionWeight > 0)
            problems.AddRange(AttentionLayers.Problems(SettingProblem.Path(place, nameof(AttentionLayers)), student, teacher));
        if (RelationWeight > 0 && RelationHeads > 0 && (student.HiddenSize % RelationHeads != 0 || teacher.HiddenSize % RelationHeads != 0))
        {
            problems.Add(SettingProblem.Of(
                place, nameof(RelationHeads), RelationHeads,
                $"a divisor of both widths, {student.HiddenSize} and {teacher.HiddenSize}, or 0"));
        }
        if (AttentionWeight > 0 && student.AttentionHeads != teacher.AttentionHeads)
        {
            problems.Add(SettingProblem.Of(
                place, nameof(AttentionWeight), AttentionWeight,
                $"relationWeight instead: the student has {student.AttentionHeads} attention heads and the " +
                $"teacher {teacher.AttentionHeads}"));
        }
        return problems;
    }
}
