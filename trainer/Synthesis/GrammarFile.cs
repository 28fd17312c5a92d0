using System.Globalization;

namespace Edge.Trainer.Synthesis;

/// <summary>One grammar file: a header of <c>key value</c> lines, then sections and lexicons.</summary>
internal sealed class GrammarFile
{
    /// <summary>Lines before the first section.</summary>
    public Dictionary<string, string> Header { get; } = new(StringComparer.Ordinal);

    /// <summary>The sections.</summary>
    public List<TemplateSection> Sections { get; } = [];

    /// <summary>The lexicons.</summary>
    public List<LexiconSource> Lexicons { get; } = [];

    /// <summary>Parses a file's text.</summary>
    /// <exception cref="FormatException">A line is malformed.</exception>
    public static GrammarFile Parse(string name, string text)
    {
        var file = new GrammarFile();
        var section = (Name: "", Shared: false, Lines: new List<TemplateLine>());
        var source = (LexiconSource?)null;
        void Close()
        {
            if (section.Name.Length == 0) return;
            try
            {
                file.Sections.Add(new TemplateSection(section.Name, section.Lines, section.Shared));
            }
            catch (FormatException e)
            {
                throw new FormatException($"{name}: section [{section.Name}] {e.Message}.", e);
            }
        }

        var number = 0;
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] == ';') continue;
            try
            {
                if (line is ['[', .., ']'])
                {
                    Close();
                    var words = line[1..^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                    var lexicon = words[0] == "lexicon";
                    section = (lexicon ? "" : words[0], words.Contains("all"), []);
                    source = lexicon ? new LexiconSource(words[1]) : null;
                    if (source is not null) file.Lexicons.Add(source);
                }
                else if (source is not null) Add(source, line);
                else if (section.Name.Length > 0)
                {
                    var (weight, template) = Weight(line);
                    section.Lines.Add(new TemplateLine(template, GrammarParser.Parse(template), weight));
                }
                else
                {
                    var words = line.Split(' ', 2, StringSplitOptions.TrimEntries);
                    file.Header.Add(words[0], words[^1]);
                }
            }
            catch (Exception e) when (e is FormatException or ArgumentException or IndexOutOfRangeException)
            {
                throw new FormatException($"{name}:{number}: {e.Message}", e);
            }
        }

        Close();
        return file;
    }

    private static void Add(LexiconSource source, string line)
    {
        if (line[0] == '+')
        {
            source.Included.Add(line[1..]);
            return;
        }

        var (weight, rest) = Weight(line);
        var parts = rest.Split('@', 2, StringSplitOptions.TrimEntries);
        source.Entries.Add(new LexiconEntry(GrammarParser.Parse(parts[0], digits: true), parts.Length > 1 ? parts[1] : "", weight));
    }

    // "3* text" is taken three times as often as "text".
    private static (double Weight, string Template) Weight(string line)
    {
        var star = line.IndexOf("* ", StringComparison.Ordinal);
        return star > 0 && double.TryParse(line[..star], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
            ? (weight, line[(star + 2)..].TrimStart())
            : (1, line);
    }
}
