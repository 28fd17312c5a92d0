using Edge.Bundles.Common;

namespace Edge.Bundles.Tokenization;

/// <summary>
/// Pieces and special ids of a WordPiece vocabulary (<c>vocab.txt</c>): one piece a line, the id is the line number from 0.
/// </summary>
internal sealed record Vocabulary
{
    /// <summary>Ids of the pieces.</summary>
    public required Dictionary<string, int> Ids { get; init; }

    public required int Size { get; init; }

    public required int PadId { get; init; }

    public required int UnknownId { get; init; }

    public required int ClassifyId { get; init; }

    public required int SeparatorId { get; init; }

    public required int MaskId { get; init; }

    /// <summary>Reads the lines; an empty one counts and is no piece.</summary>
    public static Vocabulary Read(Stream stream, string path)
    {
        Dictionary<string, int> ids = new(StringComparer.Ordinal);
        using StreamReader reader = new(stream, leaveOpen: true);
        var size = 0;
        for (; reader.ReadLine() is { } line; size++)
        {
            if (line.Length > 0 && !ids.TryAdd(line, size))
            {
                throw new BundleException(
                    $"{path}: line {size + 1} repeats '{line}' of line {ids[line] + 1}; every piece may stand once. Remove one of them.");
            }
        }

        return new Vocabulary
        {
            Ids = ids,
            Size = size,
            PadId = IdOf("[PAD]"),
            UnknownId = IdOf("[UNK]"),
            ClassifyId = IdOf("[CLS]"),
            SeparatorId = IdOf("[SEP]"),
            MaskId = IdOf("[MASK]"),
        };

        int IdOf(string special) => ids.TryGetValue(special, out var id)
            ? id
            : throw new BundleException(
                $"{path}: {special} is not among its {size} lines; a BERT vocabulary has [PAD], [UNK], [CLS], [SEP] and [MASK]. "
                + "Use the vocab.txt that belongs to the model.");
    }
}
