namespace Edge.Trainer.DataCheck;

/// <summary>What one split holds.</summary>
/// <param name="Name"><c>train</c>, <c>dev</c> or <c>test</c>.</param>
/// <param name="Utterances">Number of utterances.</param>
/// <param name="Lengths">How long they are.</param>
/// <param name="Duplicates">Utterances whose text and context stood in the split before.</param>
/// <param name="NearDuplicates">Utterances that are nearly, not exactly, equal to one before in the split.</param>
/// <param name="InTrain">Utterances of dev or test whose text and context train has too.</param>
/// <param name="NearlyInTrain">Utterances of dev or test that train has nearly, not exactly.</param>
internal sealed record SplitFigures(
    string Name, int Utterances, LengthFigures Lengths, int Duplicates, int NearDuplicates, int InTrain, int NearlyInTrain)
{
    /// <summary>Share of the split that train has to the letter.</summary>
    public double Leakage => Utterances == 0 ? 0 : (double)InTrain / Utterances;
}
