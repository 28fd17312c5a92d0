using System.Diagnostics.CodeAnalysis;

namespace Edge.Trainer.Data.Reading;

/// <summary>
/// Names of columns or keys in the files and what they mean here: <c>--map "对话内容=text,情感类型=sentiment"</c>.
/// With a map only the columns that it names, and those called <c>text</c>, <c>context</c> and <c>id</c>, are read.
/// </summary>
internal sealed class ColumnMap
{
    private readonly Dictionary<string, string> _names;

    private ColumnMap(Dictionary<string, string> names) => _names = names;

    /// <summary>The columns that the map names.</summary>
    public IReadOnlyCollection<string> Columns => _names.Keys;

    /// <summary>Reads <c>column=name</c> pairs separated by commas; <c>null</c> stays <c>null</c>.</summary>
    /// <exception cref="DataException">A pair is malformed, or two columns mean the same.</exception>
    [return: NotNullIfNotNull(nameof(map))]
    public static ColumnMap? Parse(string? map)
    {
        if (map is null)
            return null;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in map.Split([',', '，'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.LastIndexOf('=');
            var column = equals < 0 ? "" : pair[..equals].Trim();
            var name = equals < 0 ? "" : pair[(equals + 1)..].Trim();
            if (column.Length == 0 || name.Length == 0)
                throw new DataException($"--map: '{pair}' is not of the form column=name; write for example \"对话内容=text,情感类型=sentiment\".");
            if (HeadNames.Problem(name) is { } problem) throw new DataException($"--map: {problem}");
            if (names.ContainsValue(name))
                throw new DataException($"--map: two columns are mapped to '{name}'; map one.");
            if (!names.TryAdd(column, name)) throw new DataException($"--map: column '{column}' is named twice; name it once.");
        }

        if (names.Count == 0) throw new DataException("--map is empty; write for example \"对话内容=text,情感类型=sentiment\", or leave it out.");
        return new ColumnMap(names);
    }

    /// <summary>What is wrong with the text of a map; <c>null</c>: nothing.</summary>
    public static string? Problem(string? map)
    {
        try
        {
            Parse(map);
            return null;
        }
        catch (DataException problem)
        {
            return problem.Message;
        }
    }

    /// <summary>What the column is called here; <c>null</c> where it is left out.</summary>
    public string? NameOf(string column) =>
        _names.TryGetValue(column, out var name) ? name
        : HeadNames.IsReserved(column) && !_names.ContainsValue(column) ? column
        : null;
}
