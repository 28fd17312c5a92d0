using System.Text.RegularExpressions;
using Edge.Trainer.Data.Files;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Edge.Trainer.Data.Importing;

/// <summary>Rasa's YAML (2.x and 3.x): intents with their examples below <c>nlu:</c>, entities as in <see cref="RasaMarkup"/>.</summary>
internal sealed partial class RasaYamlFormat : IImportFormat
{
    /// <inheritdoc/>
    public string Name => "Rasa (YAML)";

    /// <inheritdoc/>
    public bool Recognises(ImportSource source) =>
        source.Items.Count + source.Broken.Count == 0 && NluKey().IsMatch(source.File.Text);

    /// <inheritdoc/>
    public void Read(ImportSource source, ImportOptions options, ImportReport report)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(source.File.Text));
        }
        catch (YamlException problem)
        {
            throw new DataException($"{source.File.Name}:{problem.Start.Line}: this is no YAML: {problem.Message}");
        }

        foreach (var root in stream.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>())
            foreach (var (key, value) in root.Children)
            {
                var name = (key as YamlScalarNode)?.Value ?? "";
                if (name == "nlu" && value is YamlSequenceNode sections)
                {
                    foreach (var section in sections) Section(section, report);
                }
                else if (name is not ("version" or "nlu"))
                {
                    report.Untaken(name, value is YamlSequenceNode list ? list.Children.Count : 1);
                }
            }
    }

    private static void Section(YamlNode node, ImportReport report)
    {
        if (node is not YamlMappingNode section)
        {
            report.Leave((int)node.Start.Line, "it stands below nlu and is no section");
            return;
        }

        if (Text(section, "intent") is not { } intent)
        {
            report.Untaken(section.Children.Keys.OfType<YamlScalarNode>().FirstOrDefault(key => key.Value != "examples")?.Value switch
            {
                "synonym" => "synonyms",
                "regex" => "regular expressions",
                "lookup" => "lookup tables",
                var other => other ?? "sections without a name",
            });
            return;
        }

        foreach (var (line, example) in Examples(section))
        {
            if (example is null)
            {
                report.Leave(line, "an example does not start with '- '");
                continue;
            }

            var (text, spans, further) = RasaMarkup.Parse(example);
            if (further > 0) report.Untaken("roles, groups, values and further entities of one place", further);
            report.Take(new LabelledUtterance { Text = text, Line = line, Single = new Dictionary<string, string> { ["intent"] = intent } },
                "entities", spans, OffsetUnit.Utf16);
        }
    }

    // A block of "- ..." lines, or a list of {text, metadata}.
    private static IEnumerable<(int Line, string? Text)> Examples(YamlMappingNode section)
    {
        switch (Get(section, "examples"))
        {
            case YamlScalarNode block:
                var line = (int)block.Start.Line + (block.Style is ScalarStyle.Literal or ScalarStyle.Folded ? 1 : 0);
                foreach (var content in LineEnds.Split(block.Value ?? ""))
                {
                    var example = content.Trim();
                    if (example.Length > 0) yield return (line, example.StartsWith('-') ? example[1..].Trim() : null);
                    line++;
                }

                break;
            case YamlSequenceNode list:
                foreach (var item in list)
                {
                    var text = item is YamlMappingNode mapping ? Text(mapping, "text") : (item as YamlScalarNode)?.Value;
                    yield return ((int)item.Start.Line, text?.Trim().TrimStart('-').Trim());
                }

                break;
        }
    }

    private static YamlNode? Get(YamlMappingNode node, string key) =>
        node.Children.FirstOrDefault(child => child.Key is YamlScalarNode name && name.Value == key).Value;

    private static string? Text(YamlMappingNode node, string key) => (Get(node, key) as YamlScalarNode)?.Value;

    [GeneratedRegex(@"^nlu:\s*$", RegexOptions.Multiline)]
    private static partial Regex NluKey();
}
