using Edge.Bundle.Tests.Support;
using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using FsCheck;
using FsCheck.Fluent;

namespace Edge.Bundle.Tests.Decoding;

public sealed class BioProperties
{
    private static readonly string[] Labels = ["A", "B", "C"];
    private static readonly UtteranceTokenizer Tokenizer =
        UtteranceTokenizer.Load(Repository.Golden("tokens.vocab.txt"), new TokenizerSettings());

    private static readonly Gen<(string Text, int Seed)> TextsAndSeeds =
        Texts.Any.SelectMany(text => Gen.Choose(0, int.MaxValue - 1).Select(seed => (text, seed)));

    [Fact]
    public void Decode_AnyLogits_EntitiesAreOrderedWholeAndApart() => Properties.ForAll(TextsAndSeeds, input =>
    {
        var encoded = Tokenizer.Encode(input.Text, "上下文");
        var logits = Random(encoded.Length * BioTags.Count(Labels.Length), input.Seed);

        var entities = BioDecoder.Decode(logits, encoded, Labels, 1.5f, out var confidence);

        Assert.InRange(confidence, 0, 1);
        var starts = encoded.Offsets.Select(offset => offset.Start).ToHashSet();
        var end = 0;
        foreach (var entity in entities)
        {
            Assert.InRange(entity.Start, end, entity.End - 1);
            Assert.InRange(entity.End, entity.Start + 1, input.Text.Length);
            Assert.InRange(entity.Confidence, confidence * 0.9999f, 1);
            Assert.Contains(entity.Start, starts);
            end = entity.End;
        }
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decode_AnyLogits_IsTheMostProbableSequenceWithItsExactProbabilities(bool hasTransitions) =>
    Properties.ForAll(Gen.Choose(0, int.MaxValue - 1), seed =>
    {
        // Few enough that all sequences can be tried: 5 tags, 4 tokens.
        string[] labels = ["A", "B"];
        var encoded = Tokenizer.Encode("好的明天");
        var logits = Random(encoded.Length * 5, seed);
        var bonus = hasTransitions ? RandomBonuses(seed) : new float[5, 5];
        const float temperature = 0.7f;
        var (best, total) = (double.NegativeInfinity, 0.0);
        string[] expected = [];
        var weights = new Dictionary<string, double>(); // of all sequences that hold an entity
        for (var sequence = 0; sequence < 5 * 5 * 5 * 5; sequence++)
        {
            int[] tags = [sequence % 5, sequence / 5 % 5, sequence / 25 % 5, sequence / 125];
            var isValid = tags.Select((tag, i) => tag == 0 || tag % 2 == 1 || (i > 0 && (tags[i - 1] == tag || tags[i - 1] == tag - 1)))
                .All(valid => valid);
            if (!isValid)
                continue;
            var score = tags.Select((tag, i) => (double)logits[((i + 1) * 5) + tag] + (i == 0 ? 0 : bonus[tags[i - 1], tag])).Sum();
            total += Math.Exp(score / temperature);
            foreach (var entity in Spell(tags, labels))
                weights[entity] = weights.GetValueOrDefault(entity) + Math.Exp(score / temperature);
            if (score > best)
                (best, expected) = (score, Spell(tags, labels));
        }

        var decoded =
            BioDecoder.Decode(logits, encoded, labels, temperature, out var confidence, hasTransitions ? Transitions(bonus) : null);

        Assert.Equal(expected, decoded.Select(Name));
        Assert.Equal(Math.Exp(best / temperature) / total, confidence, 1e-4);
        Assert.All(decoded, entity => Assert.Equal(weights[Name(entity)] / total, entity.Confidence, 1e-4));

        static string Name(EntitySpan entity) => $"{entity.Label}{entity.Start}-{entity.End}";
    });

    // One bonus for the unseen pairs of each previous tag, and higher ones for about half of the pairs.
    private static float[,] RandomBonuses(int seed)
    {
        var random = new Random(seed);
        var bonus = new float[5, 5];
        for (var previous = 0; previous < 5; previous++)
        {
            var unseen = (float)-random.NextDouble();
            for (var next = 0; next < 5; next++)
                bonus[previous, next] = random.Next(2) == 0 ? unseen : unseen + (float)(2 * random.NextDouble());
        }
        return bonus;
    }

    private static TagTransitions Transitions(float[,] bonus)
    {
        var unseen = Enumerable.Range(0, 5).Select(previous => Enumerable.Range(0, 5).Min(next => bonus[previous, next])).ToArray();
        return new TagTransitions(unseen, [.. from previous in Enumerable.Range(0, 5) from next in Enumerable.Range(0, 5)
            where bonus[previous, next] > unseen[previous] select new TagTransition(previous, next, bonus[previous, next])]);
    }

    [Fact]
    public void Decode_OfAlignedGoldTags_GivesTheGoldEntities() => Properties.ForAll(TextsAndSeeds, input =>
    {
        var encoded = Tokenizer.Encode(input.Text, maxLength: 10_000);
        var gold = RandomEntities(encoded, input.Seed);
        var tags = TagAlignment.Align(encoded, gold, Labels);
        var count = BioTags.Count(Labels.Length);
        var logits = new float[encoded.Length * count];
        for (var i = 0; i < tags.Length; i++)
        {
            if (tags[i] != BioTags.Ignored)
                logits[(i * count) + tags[i]] = 20;
        }

        var decoded = BioDecoder.Decode(logits, encoded, Labels, 1, out _);

        Assert.Equal(gold, decoded.Select(entity => entity with { Confidence = 1 }));
    });

    // Entities of one to three runs of joined tokens.
    private static List<EntitySpan> RandomEntities(EncodedUtterance encoded, int seed)
    {
        Random random = new(seed);
        List<SourceSpan> offsets = [];
        for (var i = encoded.TextStart; i < encoded.TextStart + encoded.TextCount; i++)
        {
            if (encoded.Joined.Length > 0 && encoded.Joined[i])
                offsets[^1] = offsets[^1] with { End = encoded.Offsets[i].End };
            else
                offsets.Add(encoded.Offsets[i]);
        }

        List<EntitySpan> entities = [];
        for (var i = random.Next(3); i < offsets.Count; i += 1 + random.Next(4))
        {
            var last = Math.Min(i + random.Next(3), offsets.Count - 1);
            entities.Add(new EntitySpan(Labels[random.Next(Labels.Length)], offsets[i].Start, offsets[last].End));
            i = last;
        }

        return entities;
    }

    private static float[] Random(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 12) - 6))];
    }

    private static string[] Spell(int[] tags, string[] labels)
    {
        List<string> entities = [];
        for (var i = 0; i < tags.Length; i++)
        {
            if (!BioTags.IsBegin(tags[i]))
                continue;
            var end = i + 1;
            while (end < tags.Length && tags[end] == tags[i] + 1)
                end++;
            entities.Add($"{labels[BioTags.Label(tags[i])]}{i}-{end}");
        }

        return [.. entities];
    }
}
