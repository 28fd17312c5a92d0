using System.Text.RegularExpressions;
using Edge.Trainer.Data.Duplicates;

namespace Edge.Trainer.Data.Cleaning;

/// <summary>Applies cleaning rules to utterances and keeps their spans on the same things.</summary>
internal sealed class Cleaner
{
    private const int PlacesShown = 5;

    // A rule that backtracks must not hold a run up; rules that can do without backtracking take time in proportion to the text.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly (Regex Pattern, string Replacement)[] _rules;
    private readonly List<string>[] _cut;
    private readonly List<string> _emptied = [];

    /// <param name="rules">Rules without problems.</param>
    public Cleaner(IReadOnlyList<CleaningRule> rules)
    {
        _rules = [.. rules.Select(rule => (Compile(rule.Pattern), rule.Replacement))];
        _cut = [.. rules.Select(_ => new List<string>())];
    }

    /// <summary>
    /// What a person should know afterwards: places that rules left alone because of an entity, and rows that they emptied.
    /// </summary>
    public IEnumerable<string> Notes
    {
        get
        {
            for (var i = 0; i < _rules.Length; i++)
                if (_cut[i].Count > 0)
                    yield return $"Cleaning rule {i + 1} ({_rules[i].Pattern}) would cut or remove entities and was not " +
                        $"applied there: {Some(_cut[i])}.";
            if (_emptied.Count > 0)
                yield return $"Cleaning left nothing of {_emptied.Count} " +
                    $"{(_emptied.Count == 1 ? "row, which is" : "rows, which are")} left out: {Some(_emptied)}.";
        }
    }

    /// <summary>What is wrong with rules, each with its place.</summary>
    public static IEnumerable<string> Problems(IReadOnlyList<CleaningRule> rules, string place)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            var problem = "";
            try
            {
                if (Compile(rules[i].Pattern).IsMatch(""))
                    problem = "matches the empty text, and so everywhere; write a pattern that needs a character";
            }
            catch (ArgumentException e)
            {
                problem = $"is no regular expression: {e.Message}";
            }

            if (problem.Length > 0)
                yield return $"{place}[{i}]: pattern '{rules[i].Pattern}' {problem}";
        }
    }

    /// <summary>Cleans utterances; those of which nothing is left are left out.</summary>
    /// <exception cref="DataException">A rule takes too long on a text.</exception>
    public IReadOnlyList<LabelledUtterance> Apply(IReadOnlyList<LabelledUtterance> utterances) =>
        _rules.Length == 0 ? utterances : [.. utterances.Select(Apply).OfType<LabelledUtterance>()];

    private LabelledUtterance? Apply(LabelledUtterance utterance)
    {
        for (var i = 0; i < _rules.Length; i++)
        {
            var (pattern, replacement) = _rules[i];
            var edits = Edits(utterance, i, utterance.Text);
            if (edits.Count > 0 && !Wording.HasWords(pattern.Replace(utterance.Text, replacement))
                && utterance.Spans.Values.All(list => list.Count == 0))
            {
                _emptied.Add(Annotation.Place(utterance));
                return null;
            }

            if (TextEdits.Harmless(edits, utterance).Count < edits.Count) _cut[i].Add(Annotation.Place(utterance));
            utterance = TextEdits.Apply(utterance, edits);
            if (utterance.Context is { } context && Edits(utterance, i, context).Count > 0)
                utterance = utterance with
                {
                    Context = pattern.Replace(context, replacement) is var cleaned && string.IsNullOrWhiteSpace(cleaned) ? null : cleaned
                };
        }

        return utterance;
    }

    private List<TextEdit> Edits(LabelledUtterance utterance, int rule, string text)
    {
        try
        {
            return [.. _rules[rule].Pattern.Matches(text).Where(match => match.Length > 0)
                .Select(match => new TextEdit(match.Index, match.Index + match.Length, match.Result(_rules[rule].Replacement)))];
        }
        catch (RegexMatchTimeoutException)
        {
            throw new DataException(
                $"Cleaning rule {rule + 1} ({_rules[rule].Pattern}) takes more than {Timeout.TotalSeconds:0} s on " +
                $"{Annotation.Place(utterance)}; "
                + "write it without nested repetitions such as (a+)+.");
        }
    }

    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Timeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, Timeout); // looks around, or refers back
        }
    }

    private static string Some(List<string> places) =>
        string.Join(", ", places.Take(PlacesShown)) + (places.Count > PlacesShown ? $" and {places.Count - PlacesShown} more" : "");
}
