namespace Edge.Trainer.Data.Files;

/// <summary>Lines as editors and spreadsheets end them: LF, CRLF, or CR alone.</summary>
internal static class LineEnds
{
    /// <summary>Lines of a text without their ends; a text that ends with a line end has no empty line behind it.</summary>
    public static IEnumerable<string> Split(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = text.AsSpan(at).IndexOfAny('\r', '\n');
            var end = length < 0 ? text.Length : at + length;
            yield return text[at..end];
            at = Behind(text, end);
        }
    }

    /// <summary>Where the next line starts, from the end of a line.</summary>
    public static int Behind(string text, int end) =>
        end >= text.Length ? end : text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? end + 2 : end + 1;

    /// <summary>Line ends in a part of a text.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                count++;
        return count;
    }

    /// <summary>The same of UTF-8.</summary>
    public static int Count(ReadOnlySpan<byte> text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                count++;
        return count;
    }

    /// <summary>Start and end of each line of UTF-8, and where the next one starts.</summary>
    public static IEnumerable<(int Start, int End, int Next)> Of(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var length = bytes.AsSpan(at).IndexOfAny((byte)'\r', (byte)'\n');
            var end = length < 0 ? bytes.Length : at + length;
            var next = end == bytes.Length ? end
                : bytes[end] == '\r' && end + 1 < bytes.Length && bytes[end + 1] == '\n' ? end + 2
                : end + 1;
            yield return (at, end, next);
            at = next;
        }
    }
}
