using System.Text;
using System.Text.Json;

namespace Edge.Trainer.Data.Files;

/// <summary>The values of JSON Lines and of JSON arrays, each with its line.</summary>
internal static class JsonItems
{
    /// <summary>Options of every reader: a key given twice is an error, since one of its values would be lost.</summary>
    public static JsonDocumentOptions Options { get; } = new() { AllowDuplicateProperties = false };

    /// <summary>What is wrong with JSON text, in one line.</summary>
    public static string Problem(JsonException e)
    {
        var message = e.Message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0].TrimEnd('.');
        return $"not valid JSON at byte {e.BytePositionInLine + 1}: {message}; use one object a line, UTF-8, keys and strings in " +
            "double quotes";
    }

    /// <summary>Whether a file is an array.</summary>
    public static bool IsArray(TextFile file) => file.Text.AsSpan().TrimStart() is ['[', ..];

    /// <summary>One value a line; blank lines are passed over.</summary>
    public static IEnumerable<JsonItem> OfLines(TextFile file)
    {
        for (var i = 0; i < file.Lines.Count; i++)
            if (!string.IsNullOrWhiteSpace(file.Lines[i]))
                yield return new JsonItem(i + 1, Encoding.UTF8.GetBytes(file.Lines[i]), file.Problem(i + 1, i + 1));
    }

    /// <summary>The values of an array. Behind a syntax error reading goes on with the next line that opens an object.</summary>
    public static IEnumerable<JsonItem> OfArray(TextFile file)
    {
        if (!file.IsValid)
        {
            // One damaged byte may stand anywhere in the syntax, so the whole array is doubtful.
            for (var line = 1; line <= file.Lines.Count; line++)
                if (file.Problem(line, line) is { } problem)
                    yield return Bad(file, line, problem + "; no row of the array can be read before");
            yield break;
        }

        var bytes = file.Bytes;
        var at = Array.IndexOf(bytes, (byte)'[') + 1;
        var counted = 0;
        var lines = 1;
        var ended = false;
        for (at = Space(bytes, at); at < bytes.Length; at = Space(bytes, at))
        {
            lines += LineEnds.Count(bytes.AsSpan(counted, at - counted));
            counted = at;
            if (!ended && bytes[at] == ']')
            {
                ended = true;
                at++;
                continue;
            }

            var end = at;
            var problem = ended ? "the array has ended before; keep one array in a file" : Item(bytes, at, out end);
            if (problem is null)
            {
                yield return new JsonItem(lines, bytes.AsMemory(at, end - at));
                at = Space(bytes, end);
                if (at < bytes.Length && bytes[at] == ',') at++;
                continue;
            }

            var next = NextObject(bytes, at);
            yield return Bad(file, lines, problem + (next < 0 ? "; the rest of the file was not read" : ""));
            ended |= next < 0;
            at = next < 0 ? bytes.Length : next;
        }

        if (!ended) yield return Bad(file, file.Lines.Count, "the array has no end: ']' is missing; is the file whole?");
    }

    // The item's extent alone, so that what is wrong within, as a duplicate key, spoils only this item.
    private static string? Item(byte[] bytes, int at, out int end)
    {
        end = at;
        try
        {
            var reader = new Utf8JsonReader(bytes.AsSpan(at));
            reader.Read();
            reader.Skip();
            end = at + (int)reader.BytesConsumed;
            var next = Space(bytes, end);
            return next == bytes.Length || bytes[next] is (byte)',' or (byte)']'
                ? null
                : "not valid JSON: no comma stands between this item and the next; add it";
        }
        catch (JsonException e)
        {
            return Problem(e);
        }
    }

    private static int Space(byte[] bytes, int at)
    {
        while (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
        return at;
    }

    private static int NextObject(byte[] bytes, int at)
    {
        while (at < bytes.Length)
        {
            var end = bytes.AsSpan(at).IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0) return -1;
            at = Space(bytes, at + end);
            if (at < bytes.Length && bytes[at] == '{') return at;
        }

        return -1;
    }

    private static JsonItem Bad(TextFile file, int line, string problem) =>
        new(line, Encoding.UTF8.GetBytes(line <= file.Lines.Count ? file.Lines[line - 1] : ""), problem);
}
