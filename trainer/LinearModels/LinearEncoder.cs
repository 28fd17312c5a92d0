using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Examples;

namespace Edge.Trainer.LinearModels;

/// <summary>
/// Turns utterances into features: words, pairs and triples of neighbouring words, [CLS] and [SEP] at the ends among them; the same of the
/// context, marked as such, and the words that both share. No vocabulary is needed. Thread-safe.
/// </summary>
internal sealed class LinearEncoder
{
    private const string Context = "context", Shared = "shared", Start = "[CLS]", End = "[SEP]";

    // Accents are features too: か is not が.
    private static readonly TokenizerSettings Settings = new() { StripAccents = false, FoldWidth = true };

    [ThreadStatic]
    private static WordSplitter? t_splitter;

    private readonly ExampleEncoder _targets;
    private readonly bool _readsContext;

    /// <param name="task">Heads, with their final labels.</param>
    public LinearEncoder(TaskDefinition task) => (_targets, _readsContext) = (new ExampleEncoder(null!, task), task.UsesContext);

    /// <summary>Encodes an utterance.</summary>
    public LinearExample Encode(LabelledUtterance utterance)
    {
        var words = (t_splitter ??= new WordSplitter(Settings)).Locate(utterance.Text);
        var encoded = new EncodedUtterance
        {
            Ids = new int[words.Count],
            TypeIds = new int[words.Count],
            Offsets = [.. words.Select(word => word.Source)],
            TextStart = 0,
            TextCount = words.Count,
            Truncated = false,
        };
        return new LinearExample(Features(words, _readsContext ? utterance.Context : null), new TokenSequence(utterance.Text, words),
            encoded, _targets.Targets(utterance, encoded), utterance);
    }

    private static FeatureSet Features(IReadOnlyList<SourceWord> words, string? context)
    {
        var (features, triples) = (new HashSet<ulong>(), new HashSet<ulong>());
        var hashes = words.Select(word => FeatureHash.Of(word.Text)).ToArray();
        Add(features, triples, hashes, 0);
        if (context is not null)
        {
            var before = t_splitter!.Locate(context).Select(word => FeatureHash.Of(word.Text)).ToArray();
            Add(features, triples, before, FeatureHash.Of(Context));
            foreach (var word in hashes.Intersect(before))
                features.Add(FeatureHash.Join(FeatureHash.Of(Shared), word));
        }

        return new FeatureSet([.. features, .. triples], features.Count);
    }

    private static void Add(HashSet<ulong> features, HashSet<ulong> triples, ulong[] words, ulong salt)
    {
        var (pair, last) = ((ulong?)null, FeatureHash.Of(Start));
        features.Add(FeatureHash.Join(salt, last));
        foreach (var word in words.Append(FeatureHash.Of(End)))
        {
            features.Add(FeatureHash.Join(salt, word));
            if (pair is { } before)
                triples.Add(FeatureHash.Join(FeatureHash.Join(salt + 2, before), word));
            pair = FeatureHash.Join(FeatureHash.Join(salt + 1, last), word);
            features.Add(pair.Value);
            last = word;
        }
    }
}
