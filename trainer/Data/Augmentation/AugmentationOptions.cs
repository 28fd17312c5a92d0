using Edge.Trainer.Common;

namespace Edge.Trainer.Data.Augmentation;

/// <summary>
/// How often each kind of change is made to an utterance: a probability, 0 (never) to 1 (wherever it can be made).
/// Kinds are drawn independently.
/// </summary>
internal sealed record AugmentationOptions
{
    /// <summary>Entities are replaced by others of the same label from the training set.</summary>
    public double EntitySubstitution { get; init; } = 0.5;

    /// <summary>Words are replaced by ones that sound the same, as speech recognition does.</summary>
    public double Homophones { get; init; } = 0.1;

    /// <summary>嗯, 那个, "um": at the start or after a comma.</summary>
    public double Fillers { get; init; } = 0.1;

    /// <summary>Greetings, politeness and other clauses without meaning for the task before the utterance, behind it, or both.</summary>
    public double NeutralClauses { get; init; } = 0.15;

    /// <summary>One character outside of entities is lost.</summary>
    public double DroppedCharacters { get; init; } = 0.05;

    /// <summary>One character outside of entities comes twice (我我要).</summary>
    public double DoubledCharacters { get; init; } = 0.05;

    /// <summary>Digits become words: 138 becomes 幺三八, "one three eight".</summary>
    public double SpokenDigits { get; init; }

    /// <summary>All punctuation outside of entities is lost, as where recognition writes none.</summary>
    public double LostPunctuation { get; init; } = 0.2;

    /// <summary>
    /// Variants that are drawn of each utterance, 0 to 100, for what learns from one list in a few passes: the linear teacher and the
    /// scores of n-grams. Of the kinds they have other entities and lost punctuation only. Encoders have a fresh variant in every epoch,
    /// with all kinds.
    /// </summary>
    public int Variants { get; init; } = 6;

    /// <summary>Nothing at all; the start for switching single kinds on.</summary>
    public static AugmentationOptions None { get; } = new()
    {
        EntitySubstitution = 0, Homophones = 0, Fillers = 0, DroppedCharacters = 0, DoubledCharacters = 0, SpokenDigits = 0,
        LostPunctuation = 0, NeutralClauses = 0,
    };

    /// <summary>
    /// Only the kinds that say the same of other things: other names in a sentence, and sentences without punctuation. Noise is left out.
    /// </summary>
    public AugmentationOptions WithoutNoise =>
        None with { EntitySubstitution = EntitySubstitution, LostPunctuation = LostPunctuation, Variants = Variants };

    /// <summary>What is out of range.</summary>
    public IEnumerable<string> Problems(string place)
    {
        (string Name, double Value)[] probabilities =
        [
            (nameof(EntitySubstitution), EntitySubstitution), (nameof(Homophones), Homophones), (nameof(Fillers), Fillers),
            (nameof(DroppedCharacters), DroppedCharacters), (nameof(DoubledCharacters), DoubledCharacters),
            (nameof(SpokenDigits), SpokenDigits),
            (nameof(LostPunctuation), LostPunctuation), (nameof(NeutralClauses), NeutralClauses),
        ];
        foreach (var (name, value) in probabilities.Where(entry => entry.Value is not (>= 0 and <= 1)))
            yield return SettingProblem.Of(place, name, value, "0 to 1");
        if (Variants is < 0 or > 100)
            yield return SettingProblem.Of(place, nameof(Variants), Variants, "0 to 100");
    }
}
