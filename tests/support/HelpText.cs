using System.Text.RegularExpressions;

namespace Edge.Tests.Support;

/// <summary>What System.CommandLine prints for <c>--help</c>, in parts.</summary>
public sealed partial record HelpText
{
    /// <summary>What the command does, without its examples.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Command lines to try.</summary>
    public IList<string> Examples { get; } = [];

    /// <summary>Forms of the command line.</summary>
    public IList<string> Usage { get; } = [];

    /// <summary>Arguments.</summary>
    public IList<(string Name, string Text)> Arguments { get; } = [];

    /// <summary>Options.</summary>
    public IList<(string Name, string Text)> Options { get; } = [];

    /// <summary>Commands below it.</summary>
    public IList<(string Name, string Text)> Commands { get; } = [];

    /// <summary>Takes it apart.</summary>
    /// <exception cref="InvalidOperationException">There is a part that is not known.</exception>
    public static HelpText Parse(string text)
    {
        var help = new HelpText();
        var part = "";
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0))
        {
            if (line[0] != ' ')
                part = line.TrimEnd(':');
            else
                help.Add(part, line[2..]);
        }
        return help;
    }

    private void Add(string part, string line)
    {
        switch (part)
        {
            case "Description" when Examples.Count > 0 || line.StartsWith("Example", StringComparison.Ordinal):
                Examples.Add(
                    (line.StartsWith("Example", StringComparison.Ordinal)
                        ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]
                        : line)
                        .Trim());
                break;
            case "Description":
                Description = $"{Description} {line}".Trim();
                break;
            case "Example" or "Examples":
                Examples.Add(line);
                break;
            case "Usage":
                Usage.Add(line);
                break;
            case "Arguments":
                AddTo(Arguments, line);
                break;
            case "Options":
                AddTo(Options, line);
                break;
            case "Commands":
                AddTo(Commands, line);
                break;
            default:
                throw new InvalidOperationException($"--help has a part {part}");
        }
    }

    // A name and its text, with two spaces or more between them; further lines of the text are indented.
    private static void AddTo(IList<(string Name, string Text)> rows, string line)
    {
        if (line[0] == ' ')
        {
            rows[^1] = (rows[^1].Name, $"{rows[^1].Text} {line.Trim()}");
            return;
        }
        var parts = Gap().Split(line, 2);
        rows.Add((parts[0], parts.Length > 1 ? parts[1] : ""));
    }

    [GeneratedRegex(" {2,}")]
    private static partial Regex Gap();
}
