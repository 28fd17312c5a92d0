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

    /// <summary>Reads a name of <see cref="ModelSizes"/> or <see cref="Form"/>.</summary>
    /// <returns><c>null</c> where the text is neither.</returns>
    public static ModelSize? Parse(string text)
    {
        TryParse(text, out var size);
        return size;
    }

    /// <summary>What is wrong with a text: the rule that it breaks, and a remedy.</summary>
    /// <param name="option">The option that it was given for.</param>
    /// <param name="text">What was given.</param>
    /// <returns><c>null</c> where it is a size.</returns>
    public static string? Problem(string option, string text) =>
        TryParse(text, out _) is { } problem ? $"{option} is {text}; {problem}" : null;

    private static string? TryParse(string text, out ModelSize? size)
    {
        if (ModelSizes.All.TryGetValue(text, out size))
            return null;
        var sizes = text.Split('x')
            .Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        if (sizes.Contains(-1))
            return $"use {ModelSizes.Known}, for example 256x4x1024";
        if (sizes.Length is not (3 or 4))
            return $"{(sizes.Length == 1 ? "that is 1 number" : $"these are {sizes.Length} numbers")}: use {Form}, for example 256x4x1024";
        var (width, layers, intermediate) = (sizes[0], sizes[1], sizes[2]);
        if (width is < 16 or > 1024)
            return $"the width {width} is out of range: use 16 to 1024";
        if (layers is < 1 or > 24)
            return $"{layers} layers are out of range: use 1 to 24";
        if (intermediate is < 16 or > 4096)
            return $"the feed-forward width {intermediate} is out of range: use 16 to 4096";
        if (sizes is [_, _, _, var heads])
        {
            if (heads < 1 || width % heads != 0)
                return $"the width {width} is no multiple of {heads} attention heads: use a divisor of it, for example {Example(sizes)}";
            size = new ModelSize(width, layers, intermediate, heads);
            return null;
        }
        if (width % 16 != 0)
            return $"the width {width} is no multiple of 16, so it has no usual number of attention heads: name them, for " +
                $"example {Example(sizes)}";
        size = new ModelSize(width, layers, intermediate, HeadsFor(width), HasUsualHeads: true);
        return null;
    }

    // The same size with as many heads, up to BERT-base's 12, as divide the width.
    private static string Example(int[] sizes) =>
        $"{sizes[0]}x{sizes[1]}x{sizes[2]}x{Enumerable.Range(1, 12).Last(heads => sizes[0] % heads == 0)}";

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
    private static int HeadsFor(int hidden) =>
        hidden % 64 == 0 && hidden >= 256 ? hidden / 64 : hidden % 32 == 0 ? hidden / 32 : hidden / 16;
}
