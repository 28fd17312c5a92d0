using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Edge.Bundles.Tasks;

/// <summary>
/// How readily one BIO tag follows another in the training set, as bonuses that decoding adds to a path. Pairs that were never
/// seen share one bonus for each previous tag, so that a step of decoding costs tags and seen pairs, not tags squared.
/// </summary>
[JsonConverter(typeof(JsonForm))]
public sealed class TagTransitions
{
    /// <summary>Creates the transitions.</summary>
    /// <param name="unseen">By previous tag: the bonus of pairs that are not among <paramref name="seen"/>.</param>
    /// <param name="seen">Pairs with a bonus of their own, never below the previous tag's in <paramref name="unseen"/>.</param>
    /// <exception cref="ArgumentException">A tag is out of range, a number is not finite, or a seen pair has the lower bonus or is there
    /// twice.</exception>
    public TagTransitions(IReadOnlyList<float> unseen, IReadOnlyList<TagTransition> seen)
    {
        ArgumentNullException.ThrowIfNull(unseen);
        ArgumentNullException.ThrowIfNull(seen);
        Unseen = [.. unseen];
        foreach (var (previous, next, bonus) in seen)
        {
            if (previous < 0 || previous >= Unseen.Length || next < 0 || next >= Unseen.Length)
                throw new ArgumentException(
                    $"transition {previous} to {next}: there are {Unseen.Length} tags, numbered from 0.", nameof(seen));
            if (!float.IsFinite(bonus) || !float.IsFinite(Unseen[previous]) || bonus < Unseen[previous])
                throw new ArgumentException(
                    $"transition {previous} to {next} has the bonus {bonus}; it must be a number, not " +
                    $"below the {Unseen[previous]} of unseen pairs.", nameof(seen));
        }
        if (seen.GroupBy(pair => (pair.Previous, pair.Next)).FirstOrDefault(pair => pair.Count() > 1) is { } twice)
            throw new ArgumentException(
                $"transition {twice.Key.Previous} to {twice.Key.Next} has two bonuses; it must have one.", nameof(seen));
        Seen = [.. seen.Where(pair => BioTags.MayFollow(pair.Previous, pair.Next))]; // what BIO forbids, no bonus allows
    }

    /// <summary>No bonuses: all orders that BIO allows alike.</summary>
    /// <param name="tags">Number of tags.</param>
    internal static TagTransitions Alike(int tags) => new(new float[tags], []);

    /// <summary>By previous tag: the bonus of pairs without one of their own.</summary>
    internal float[] Unseen { get; }

    /// <summary>Pairs with a bonus of their own.</summary>
    internal TagTransition[] Seen { get; }

    /// <summary>Number of tags.</summary>
    public int TagCount => Unseen.Length;

    // {"unseen":[...],"seen":[[previous,next,bonus],...]}, on one line: a manifest is read by people, this part hardly.
    internal sealed class JsonForm : JsonConverter<TagTransitions>
    {
        private sealed record Document(float[]? Unseen, float[][]? Seen);

        public override TagTransitions Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var document = JsonSerializer.Deserialize<Document>(ref reader, JsonSerializerOptions.Web);
            try
            {
                if (document is not { Unseen: { } unseen, Seen: { } seen } || seen.Any(pair => pair is not { Length: 3 }))
                    throw new ArgumentException(
                        "the keys unseen, a list of numbers, and seen, a list of [previous, next, bonus], are needed.");
                return new TagTransitions(unseen, [.. seen.Select(pair => new TagTransition((int)pair[0], (int)pair[1], pair[2]))]);
            }
            catch (ArgumentException problem)
            {
                throw new JsonException($"transitions: {problem.Message}", problem);
            }
        }

        public override void Write(Utf8JsonWriter writer, TagTransitions value, JsonSerializerOptions options)
        {
            var text = new StringBuilder("{\"unseen\":[").AppendJoin(',', value.Unseen.Select(Number)).Append("],\"seen\":[");
            text.AppendJoin(',', value.Seen.Select(pair => $"[{pair.Previous},{pair.Next},{Number(pair.Bonus)}]")).Append("]}");
            writer.WriteRawValue(text.ToString());
        }

        private static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture);
    }
}
