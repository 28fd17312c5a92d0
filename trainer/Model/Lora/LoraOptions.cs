using Edge.Trainer.Common;

namespace Edge.Trainer.Model.Lora;

/// <summary>
/// Low-rank adaptation (LoRA, Hu et al. 2021): the pretrained weights W stay as they are, and training adds
/// alpha/rank · B·A, with A [rank, inputs] and B [outputs, rank]; heads and pooler are trained whole.
/// </summary>
internal sealed record LoraOptions
{
    /// <summary>Rank of the addition, 1 to 256. Higher learns more and costs more; 8 is enough for most tasks.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>The addition is scaled by alpha/rank, above 0 to 1024.</summary>
    public double Alpha { get; init; } = 16;

    /// <summary>Dropout before the addition, 0 to below 1.</summary>
    public double Dropout { get; init; } = 0.05;

    /// <summary>Projections that get an addition, in every layer that is not frozen.</summary>
    public IReadOnlyList<LoraTarget> Targets { get; init; } = [LoraTarget.Query, LoraTarget.Value];

    /// <summary>
    /// Holds the pretrained weights in 8-bit blocks, a quarter of their memory, and brings them back to single precision
    /// MatMul by MatMul (QLoRA, Dettmers et al. 2023).
    /// </summary>
    public bool EightBitBase { get; init; }

    /// <summary>What is out of range.</summary>
    public IEnumerable<string> Problems(string place)
    {
        if (Rank is < 1 or > 256)
            yield return SettingProblem.Of(place, nameof(Rank), Rank, "1 to 256");
        if (Alpha is not (> 0 and <= 1024))
            yield return SettingProblem.Of(place, nameof(Alpha), Alpha, "above 0 to 1024");
        if (Dropout is not (>= 0 and < 1))
            yield return SettingProblem.Of(place, nameof(Dropout), Dropout, "0 to below 1");
        if (Targets.Count == 0 || Targets.Distinct().Count() != Targets.Count)
            yield return SettingProblem.Of(place, nameof(Targets), $"[{string.Join(", ", Targets)}]", "one or more different projections");
    }

    /// <summary>Whether two options are the same.</summary>
    public bool Equals(LoraOptions? other) =>
        other is not null && Rank == other.Rank && Alpha == other.Alpha && Dropout == other.Dropout
        && EightBitBase == other.EightBitBase && Targets.SequenceEqual(other.Targets);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rank, Alpha, Dropout, EightBitBase, Targets.Count);
}
