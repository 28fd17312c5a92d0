using System.Collections.Concurrent;

namespace Edge.Trainer.Synthesis;

/// <summary>Everything that utterances of one language are made from.</summary>
internal sealed class Grammar
{
    private static readonly ConcurrentDictionary<string, Grammar> Loaded = new(StringComparer.Ordinal);

    private readonly IReadOnlyDictionary<string, TemplateSection> _shared;
    private readonly IReadOnlyDictionary<string, Lexicon> _lexicons;

    /// <param name="intents">The intents.</param>
    /// <param name="shared">Sections that all intents may use.</param>
    /// <param name="lexicons">Entity values.</param>
    public Grammar(IReadOnlyList<IntentGrammar> intents, IReadOnlyDictionary<string, TemplateSection> shared,
        IReadOnlyDictionary<string, Lexicon> lexicons)
    {
        Intents = intents;
        _shared = shared;
        _lexicons = lexicons;
    }

    /// <summary>Languages that there is a grammar for.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["zh", "en"];

    /// <summary>The intents, in order of their files.</summary>
    public IReadOnlyList<IntentGrammar> Intents { get; }

    /// <summary>All sections, the intents' own included.</summary>
    public IEnumerable<TemplateSection> Sections => Intents.SelectMany(intent => intent.Sections.Values).Concat(_shared.Values);

    /// <summary>All lexicons.</summary>
    public IEnumerable<Lexicon> Lexicons => _lexicons.Values;

    /// <summary>The grammar of a language, read once.</summary>
    public static Grammar For(string language) => Loaded.GetOrAdd(language, GrammarReader.Read);

    /// <summary>A section as an intent sees it.</summary>
    public TemplateSection Section(IntentGrammar intent, string name) =>
        intent.Sections.GetValueOrDefault(name) ?? _shared.GetValueOrDefault(name)
        ?? throw new FormatException($"Intent {intent.Intent} uses <{name}>, which no file defines.");

    /// <summary>A lexicon.</summary>
    public Lexicon Lexicon(string name) =>
        _lexicons.GetValueOrDefault(name) ?? throw new FormatException($"{{{name}}} names a lexicon that no file defines.");
}
