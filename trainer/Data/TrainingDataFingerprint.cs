using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Edge.Trainer.Data;

/// <summary>
/// Says whether two bundles were trained on the same utterances and annotations, wherever the files lay and in whatever order.
/// </summary>
internal static class TrainingDataFingerprint
{
    /// <summary>SHA-256 (lower-case hexadecimal) over the rows in canonical form and order.</summary>
    public static string Of(IEnumerable<LabelledUtterance> utterances) => Hash(utterances.Select(Canonical).Order(StringComparer.Ordinal));

    /// <summary>The same of splits, each in its order: what a training that goes on must find as it left it.</summary>
    public static string InOrder(params IEnumerable<IEnumerable<LabelledUtterance>> splits) =>
        Hash(splits.SelectMany(split => split.Select(Canonical).Append("")));

    private static string Hash(IEnumerable<string> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(row));
            hash.AppendData("\n"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Control characters as separators: they do not occur in utterances, and if they do only the fingerprint is weaker.
    private static string Canonical(LabelledUtterance utterance)
    {
        var row = new StringBuilder(utterance.Text).Append('\u001E').Append(utterance.Context);
        foreach (var (head, label) in Sorted(utterance.Single)) row.Append('\u001E').Append(head).Append('\u001F').Append(label);
        foreach (var (head, labels) in Sorted(utterance.Multi))
            row.Append('\u001E').Append(head).Append('\u001F').AppendJoin('\u001F', labels.Order(StringComparer.Ordinal));
        foreach (var (head, score) in Sorted(utterance.Scores))
            row.Append('\u001E').Append(head).Append('\u001F').Append(score.ToString("R", CultureInfo.InvariantCulture));
        foreach (var (head, spans) in Sorted(utterance.Spans))
        {
            row.Append('\u001E').Append(head);
            foreach (var span in spans)
                row.Append('\u001F').Append(CultureInfo.InvariantCulture, $"{span.Label} {span.Start} {span.End}");
        }

        return row.ToString();
    }

    private static IEnumerable<KeyValuePair<string, T>> Sorted<T>(IReadOnlyDictionary<string, T> heads) =>
        heads.OrderBy(pair => pair.Key, StringComparer.Ordinal);
}
