using System.Globalization;

namespace Edge.Trainer.Model;

/// <summary>Width, depth and feed-forward width of an encoder, as the command line names them.</summary>
/// <param name="Hidden">Width of the hidden states, 16 to 1024; where no heads are named a multiple of 16.</param>
/// <param name="Layers">Layers, 1 to 24.</param>
/// <param name="Intermediate">Width of the feed-forward layers, 16 to 4096.</param>
/// <param name="Heads">Attention heads, a divisor of the width.</param>
/// <param name="HasUsualHeads">Nobody named the heads: they are the usual ones of the width, or those of a teacher.</param>
internal sealed record ModelSize(int Hidden, int Layers, int Intermediate, int Heads, bool HasUsualHeads = false)
{
    /// <summary>How a size is written that has no name.</summary>
    public const string Form = "WIDTHxLAYERSxFEEDFORWARD[xHEADS]";

    /// <summary>Reads a name or <see cref="Form"/>.</summary>
    /// <returns><c>null</c> where the text is neither.</returns>
    public static ModelSize? Parse(string text, IReadOnlyDictionary<string, ModelSize> names)
    {
        if (names.TryGetValue(text, out var named))
            return named;
        var parts = text.Split('x');
        if (parts.Length is not (3 or 4))
            return null;
        var sizes = new int[parts.Length];
        for (var i = 0; i < sizes.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out sizes[i]))
                return null;
        }
        if (sizes is not [>= 16 and <= 1024, >= 1 and <= 24, >= 16 and <= 4096, ..])
            return null;
        if (sizes is [var width, _, _, var heads])
            return heads > 0 && width % heads == 0 ? new ModelSize(width, sizes[1], sizes[2], heads) : null;
        return sizes[0] % 16 == 0 ? new ModelSize(sizes[0], sizes[1], sizes[2], HeadsFor(sizes[0]), HasUsualHeads: true) : null;
    }

    /// <summary>The encoder of this size.</summary>
    public BertConfig ToConfig(int vocabularySize, int maxPositions, Pooling pooling, double dropout, double initializerRange) => new()
    {
        VocabularySize = vocabularySize,
        HiddenSize = Hidden,
        Layers = Layers,
        AttentionHeads = Heads,
        IntermediateSize = Intermediate,
        MaxPositions = maxPositions,
        Pooling = pooling,
        DropoutRate = dropout,
        AttentionDropoutRate = dropout,
        InitializerRange = initializerRange,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Layers} layers of {Hidden} ({Heads} heads, feed-forward {Intermediate})";

    // Heads of 64 where the width allows, as in the paper; of 32 or 16 for the narrow ones.
    private static int HeadsFor(int hidden) => hidden % 64 == 0 && hidden >= 256 ? hidden / 64 : hidden % 32 == 0 ? hidden / 32 : hidden / 16;
}
