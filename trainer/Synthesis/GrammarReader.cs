using System.Globalization;

namespace Edge.Trainer.Synthesis;

/// <summary>Reads the grammar files of a language, which are part of the program. Grammar/README.md has the syntax.</summary>
internal static class GrammarReader
{
    /// <summary>Reads <c>Grammar/LANGUAGE/**/*.txt</c>.</summary>
    /// <exception cref="FormatException">A file is malformed; the message has file and line.</exception>
    public static Grammar Read(string language)
    {
        var assembly = typeof(GrammarReader).Assembly;
        var prefix = $"Grammar/{language}/";
        var intents = new List<IntentGrammar>();
        var shared = new Dictionary<string, TemplateSection>(StringComparer.Ordinal);
        var lexicons = new Dictionary<string, Lexicon>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var file = GrammarFile.Parse(name, reader.ReadToEnd());
            var sections = file.Sections.ToDictionary(section => section.Name, StringComparer.Ordinal);
            if (file.Header.TryGetValue("intent", out var intent)) intents.Add(Intent(name, intent, file, sections));
            else
                foreach (var (key, section) in sections)
                    if (!shared.TryAdd(key, section)) throw new FormatException(
                        $"{name}: section [{key}] stands in another file too; rename one.");
            foreach (var source in file.Lexicons)
            {
                var included = source.Included.Select(key => lexicons.GetValueOrDefault(key)
                    ?? throw new FormatException($"{name}: lexicon {source.Name} includes {key}, which does not stand above it."))
                    .ToArray();
                if (!lexicons.TryAdd(source.Name, new Lexicon(source.Name, source.Entries, included, language)))
                    throw new FormatException($"{name}: lexicon {source.Name} stands twice; rename one.");
            }
        }

        if (intents.Count == 0) throw new FormatException(
            $"There is no grammar for '{language}'; use {string.Join(" or ", Grammar.Languages)}.");
        return new Grammar(intents, shared, lexicons);
    }

    private static IntentGrammar Intent(string name, string intent, GrammarFile file, Dictionary<string, TemplateSection> sections)
    {
        var weight = file.Header.TryGetValue("weight", out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : 1;
        if (!file.Header.TryGetValue("sentiments", out var list)) throw new FormatException($"{name}: the line 'sentiments' is missing.");
        var words = list.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new IntentGrammar(
            intent, weight, [.. words.Chunk(2).Select(pair => (pair[0], double.Parse(pair[1], CultureInfo.InvariantCulture)))], sections);
    }
}
