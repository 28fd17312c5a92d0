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

    /// <summary>Numbers pieces. Of equal ones the last counts, as in Hugging Face's tokenizers; an empty one is none.</summary>
    public static Vocabulary Of(IReadOnlyList<string> pieces, string place)
    {
        var ids = new Dictionary<string, int>(pieces.Count, StringComparer.Ordinal);
        for (var id = 0; id < pieces.Count; id++)
        {
            if (pieces[id].Length > 0)
                ids[pieces[id]] = id;
        }

        return new Vocabulary
        {
            Ids = ids,
            Size = pieces.Count,
            PadId = IdOf("[PAD]"),
            UnknownId = IdOf("[UNK]"),
            ClassifyId = IdOf("[CLS]"),
            SeparatorId = IdOf("[SEP]"),
            MaskId = IdOf("[MASK]"),
        };

        int IdOf(string special) => ids.TryGetValue(special, out var id)
            ? id
            : throw new BundleException(
                $"{place}: {special} is not among its {pieces.Count} pieces; a BERT vocabulary has [PAD], [UNK], [CLS], [SEP] and [MASK]. "
                + "Use the vocab.txt that belongs to the model.");
    }
}
