using Edge.Trainer.Common;

namespace Edge.Trainer.Data.Augmentation;

/// <summary>Words that speech recognition takes for each other because they sound alike.</summary>
internal sealed class Homophones
{
    private readonly Dictionary<string, string[]> _others = new(StringComparer.Ordinal);
    private readonly int _longest;
    private readonly bool _wholeWords;

    private Homophones(string language)
    {
        _wholeWords = !LanguageTag.IsChinese(language);
        foreach (var group in WordLists.Read("homophones", language).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            // "a > b c": a is heard as b or c, but nobody who says b is heard as a.
            var arrow = Array.IndexOf(group, ">");
            var from = arrow < 0 ? group : group[..arrow];
            var to = arrow < 0 ? group : group[(arrow + 1)..];
            foreach (var word in from)
                _others[word] = [.. _others.GetValueOrDefault(word, []), .. to.Where(other => other != word)];
        }

        _longest = _others.Count == 0 ? 0 : _others.Keys.Max(word => word.Length);
    }

    /// <summary>The table of a language; an empty one where there is none.</summary>
    public static Homophones For(string language) => new(language);

    /// <summary>Replaces one or two words outside of entities.</summary>
    public LabelledUtterance Apply(LabelledUtterance utterance, SeededRandom random)
    {
        var places = Places(utterance);
        random.Shuffle(places);
        return TextEdits.Apply(utterance, places.Take(1 + random.Next(2))
            .Select(place => new TextEdit(place.Start, place.End, random.Pick(_others[utterance.Text[place.Start..place.End]]))).ToArray());
    }

    private List<(int Start, int End)> Places(LabelledUtterance utterance)
    {
        var places = new List<(int, int)>();
        for (var start = 0; start < utterance.Text.Length; start++)
        {
            if (_wholeWords && start > 0 && char.IsLetter(utterance.Text[start - 1])) continue;
            for (var length = Math.Min(_longest, utterance.Text.Length - start); length > 0; length--)
            {
                var end = start + length;
                if (_wholeWords && end < utterance.Text.Length && char.IsLetter(utterance.Text[end])) continue;
                if (!_others.ContainsKey(utterance.Text[start..end])) continue;
                if (!utterance.Spans.Values.Any(list => list.Any(span => span.Start < end && start < span.End))) places.Add((start, end));
                start = end - 1;
                break;
            }
        }

        return places;
    }
}
