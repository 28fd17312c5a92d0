using System.Text;

namespace Edge.Trainer.Synthesis;

/// <summary>Parses one line of a grammar file. Recursive descent over the syntax in Grammar/README.md.</summary>
internal sealed class GrammarParser
{
    private readonly string _line;
    private readonly bool _digits;
    private int _at;

    private GrammarParser(string line, bool digits) => (_line, _digits) = (line, digits);

    /// <summary>The line as a node; <paramref name="digits"/>: <c>#</c> and <c>%</c> are digits, as in lexicons.</summary>
    /// <exception cref="FormatException">The line is malformed; the message says where.</exception>
    public static GrammarNode Parse(string line, bool digits = false)
    {
        var parser = new GrammarParser(line, digits);
        var node = parser.Alternatives();
        return parser._at == line.Length ? node : throw parser.Error($"'{line[parser._at]}' closes nothing");
    }

    // alternatives = sequence *( "|" sequence )
    private GrammarNode Alternatives()
    {
        var items = new List<GrammarNode> { Items() };
        while (Peek() == '|')
        {
            _at++;
            items.Add(Items());
        }

        return items.Count == 1 ? items[0] : new GrammarNode.Choice(items);
    }

    // sequence = *( item [ "?" ] )
    private GrammarNode Items()
    {
        var items = new List<GrammarNode>();
        var text = new StringBuilder();
        void Flush()
        {
            if (text.Length > 0) items.Add(new GrammarNode.Literal(text.ToString()));
            text.Clear();
        }

        while (Peek() is { } c and not ('|' or ')'))
        {
            _at++;
            if (c == '\\' && _at < _line.Length) text.Append(_line[_at++]);
            else if (c is '(' or '<' or '{' || (_digits && c is '#' or '%'))
            {
                Flush();
                var item = c switch
                {
                    '(' => Group(),
                    '<' => new GrammarNode.Reference(Until('>')),
                    '{' => Slot(Until('}')),
                    _ => new GrammarNode.Digit(c == '#'),
                };
                if (Peek() == '?')
                {
                    _at++;
                    item = new GrammarNode.Optional(item);
                }

                items.Add(item);
            }
            else text.Append(c);
        }

        Flush();
        return items.Count == 1 ? items[0] : new GrammarNode.Sequence(items);
    }

    private GrammarNode Group()
    {
        var inner = Alternatives();
        if (Peek() != ')') throw Error("')' is missing");
        _at++;
        return inner;
    }

    // slot = LABEL [ "=" lexicon ] [ "*" number ] [ "@" ]
    private static GrammarNode.Slot Slot(string text)
    {
        var companion = text.EndsWith('@');
        if (companion) text = text[..^1];
        var parts = text.Split('*');
        var names = parts[0].Split('=');
        return new GrammarNode.Slot(names[0], names[^1], parts.Length > 1 ? int.Parse(parts[1]) : 1, companion);
    }

    private string Until(char close)
    {
        var end = _line.IndexOf(close, _at);
        if (end < 0) throw Error($"'{close}' is missing");
        var text = _line[_at..end];
        _at = end + 1;
        return text;
    }

    private char? Peek() => _at < _line.Length ? _line[_at] : null;

    private FormatException Error(string problem) => new($"{problem} at character {_at + 1} of: {_line}");
}
