using Edge.Trainer.Training;

namespace Edge.Trainer.Distillation;

/// <summary>What a student learns from its teacher (Hinton et al. 2015), and what from the labels.</summary>
internal sealed record DistillationOptions
{
    /// <summary>Softens both models' logits, 1 to 20. Higher shows more of what the teacher thinks of the wrong labels.</summary>
    public double Temperature { get; init; } = 2;

    /// <summary>Weight of the teacher's soft targets, 0 to 100.</summary>
    public double SoftWeight { get; init; } = 0.7;

    /// <summary>Weight of the labels, 0 to 100. Utterances without labels have only the soft targets.</summary>
    public double HardWeight { get; init; } = 0.3;

    /// <summary>
    /// Weight of the distance between the last hidden states, 0 to 100; the student's are brought to the teacher's width by a
    /// projection that is learned and thrown away (Jiao et al. 2020). 0 leaves it out.
    /// </summary>
    public double HiddenWeight { get; init; }

    /// <summary>What is out of range.</summary>
    public IEnumerable<string> Problems(string place)
    {
        if (Temperature is not (>= 1 and <= 20))
            yield return SettingProblem.Of(place, nameof(Temperature), Temperature, "1 to 20");
        if (SoftWeight is not (>= 0 and <= 100))
            yield return SettingProblem.Of(place, nameof(SoftWeight), SoftWeight, "0 to 100");
        if (HardWeight is not (>= 0 and <= 100))
            yield return SettingProblem.Of(place, nameof(HardWeight), HardWeight, "0 to 100");
        if (HiddenWeight is not (>= 0 and <= 100))
            yield return SettingProblem.Of(place, nameof(HiddenWeight), HiddenWeight, "0 to 100");
        if (SoftWeight + HardWeight == 0)
            yield return SettingProblem.Of(place, nameof(SoftWeight), "0, as hardWeight is", "above 0 for one of them");
    }
}
