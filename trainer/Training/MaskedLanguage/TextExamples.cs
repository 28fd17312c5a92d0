using Edge.Bundles.Tokenization;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Training.MaskedLanguage;

/// <summary>Texts as a model reads them, without labels and without places in the text, which pretraining does not ask for.</summary>
internal static class TextExamples
{
    private const int FewestTokens = 3; // [CLS], one that may be hidden, [SEP]

    /// <summary>Encodes texts; one that is longer than a model reads becomes several.</summary>
    public static List<TrainingExample> Encode(IEnumerable<string> texts, UtteranceTokenizer tokenizer, int maxLength)
    {
        var examples = new List<TrainingExample>();
        foreach (var text in texts)
        {
            var whole = tokenizer.Encode(text, null, int.MaxValue);
            var tokens = whole.Ids.AsSpan(whole.TextStart, whole.TextCount);
            while (tokens.Length > 0)
            {
                var count = Math.Min(tokens.Length, maxLength - 2);
                examples.Add(Create([tokenizer.ClassifyId, .. tokens[..count], tokenizer.SeparatorId]));
                tokens = tokens[count..];
            }
        }
        return examples;
    }

    private static TrainingExample Create(int[] ids) => new(
        new EncodedUtterance
        {
            Ids = ids, TypeIds = new int[ids.Length], Offsets = [], TextStart = 1, TextCount = ids.Length - (FewestTokens - 1),
            Truncated = false
        },
        []);
}
