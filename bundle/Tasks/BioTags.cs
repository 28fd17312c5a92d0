namespace Edge.Bundles.Tasks;

/// <summary>
/// The BIO tags of a <c>span</c> head (Ramshaw and Marcus 1995): O, then for each entity label B (its first token) and I (its others).
/// </summary>
public static class BioTags
{
    /// <summary>Outside of every entity.</summary>
    public const int O = 0;

    /// <summary>Gold tag of tokens that have none (special and context tokens); the loss leaves them out.</summary>
    public const int Ignored = -100;

    /// <summary>Number of tags.</summary>
    public static int Count(int entityLabels) => 1 + (2 * entityLabels);

    /// <summary>Tag of the first token of an entity.</summary>
    /// <param name="label">Index of the entity label.</param>
    public static int Begin(int label) => 1 + (2 * label);

    /// <summary>Tag of a further token of an entity.</summary>
    /// <param name="label">Index of the entity label.</param>
    public static int Inside(int label) => 2 + (2 * label);

    /// <summary>Index of the entity label of a B or I tag.</summary>
    public static int Label(int tag) => (tag - 1) / 2;

    /// <summary>True for B tags.</summary>
    public static bool IsBegin(int tag) => tag % 2 == 1;

    /// <summary>Whether BIO allows one tag behind another: I only behind B or I of its label.</summary>
    public static bool MayFollow(int previous, int next) => next == O || IsBegin(next) || previous == next || previous == next - 1;
}
