using Edge.Trainer.Common;

namespace Edge.Trainer.Synthesis;

/// <summary>
/// A named list of templates, each of which belongs to one split: about 70 % to train, 15 % to dev and to test. A section
/// marked <c>all</c> (greetings, synonyms, frames: words nobody should have to guess) serves every split.
/// </summary>
internal sealed class TemplateSection
{
    private readonly IReadOnlyList<TemplateLine>[] _lines;

    /// <param name="name">Name that templates refer to.</param>
    /// <param name="lines">The lines, at least 7 where they are divided.</param>
    /// <param name="shared">True for <c>all</c>.</param>
    public TemplateSection(string name, IReadOnlyList<TemplateLine> lines, bool shared)
    {
        Name = name;
        IsShared = shared;
        _lines = shared ? [lines, lines, lines] : Partition.Of(lines, line => line.Text);
    }

    /// <summary>Name that templates refer to.</summary>
    public string Name { get; }

    /// <summary>True where all splits use all lines.</summary>
    public bool IsShared { get; }

    /// <summary>The lines that a split uses.</summary>
    public IReadOnlyList<TemplateLine> Lines(Split split) => _lines[(int)split];

    /// <summary>Draws a line by weight.</summary>
    public TemplateLine Pick(Split split, SeededRandom random) => Weighted.Pick(Lines(split), line => line.Weight, random);
}
