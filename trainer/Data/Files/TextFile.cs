using System.Text;
using Edge.Bundles.Common;

namespace Edge.Trainer.Data.Files;

/// <summary>A text file in lines, with its encoding, and with the lines known that are no text in it.</summary>
internal sealed class TextFile
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly Dictionary<int, string> _invalid = [];

    private TextFile(string name, string encoding) => (Name, Encoding) = (name, encoding);

    /// <summary>The file's name for messages.</summary>
    public string Name { get; }

    /// <summary>What it is written in, as shown to people: <c>UTF-8</c>, <c>UTF-16</c>, <c>GB18030</c>.</summary>
    public string Encoding { get; }

    /// <summary>Everything, line ends as they are, without a byte order mark; invalid bytes stand as U+FFFD.</summary>
    public string Text { get; private init; } = "";

    /// <summary>The lines without their ends (LF, CRLF or CR).</summary>
    public IReadOnlyList<string> Lines { get; private init; } = [];

    /// <summary><see cref="Text"/> in UTF-8.</summary>
    public byte[] Bytes { get; private init; } = [];

    /// <summary>True where every line is text.</summary>
    public bool IsValid => _invalid.Count == 0;

    /// <summary>Reads a whole file: UTF-8, what a byte order mark says, or GB18030 where the bytes leave no doubt.</summary>
    /// <exception cref="DataException">The file is missing, empty, or no text.</exception>
    public static TextFile Read(string path)
    {
        if (!File.Exists(path)) throw new DataException($"{path}: there is no such file.");
        var bytes = File.ReadAllBytes(RegularFile.Require(path));
        var (encoding, marked) = Marked(bytes);
        bytes = bytes[marked..];
        if (bytes.AsSpan().IndexOfAnyExcept("\r\n\t "u8) < 0)
            throw new DataException($"{path} is empty; it needs at least one utterance.");
        if (encoding is not null) return Wide(path, bytes, encoding);
        if (LooksLikeUtf16(bytes))
            throw new DataException(
                $"{path} looks like UTF-16 without a byte order mark; convert it: iconv -f UTF-16LE -t UTF-8 (or UTF-16BE).");

        try
        {
            return Valid(path, marked > 0 ? "UTF-8 with a byte order mark" : "UTF-8", Strict.GetString(bytes), bytes);
        }
        catch (DecoderFallbackException)
        {
            return marked == 0 && ChineseEncoding.Recognise(bytes) is { } text
                ? Valid(path, ChineseEncoding.Name, text, Strict.GetBytes(text))
                : Damaged(path, bytes);
        }
    }

    /// <summary>
    /// Why one of the lines from <paramref name="first"/> to <paramref name="last"/> is not text; <c>null</c> where all are.
    /// </summary>
    public string? Problem(int first, int last)
    {
        if (_invalid.Count == 0) return null;
        for (var line = first; line <= last; line++)
            if (_invalid.TryGetValue(line, out var reason))
                return line == first ? reason : $"line {line}: {reason}";
        return null;
    }

    private static (Encoding? Wide, int Marked) Marked(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (null, 3),
        [0xFF, 0xFE, 0, 0, ..] => (new UTF32Encoding(false, false, true), 4),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(true, false, true), 4),
        [0xFF, 0xFE, ..] => (new UnicodeEncoding(false, false, true), 2),
        [0xFE, 0xFF, ..] => (new UnicodeEncoding(true, false, true), 2),
        _ => (null, 0),
    };

    // In UTF-16 every other byte of an ASCII character is 0, which no text has.
    private static bool LooksLikeUtf16(ReadOnlySpan<byte> bytes)
    {
        var start = bytes[..Math.Min(bytes.Length, 4096)];
        return start.Count((byte)0) * 10 > start.Length;
    }

    private static TextFile Wide(string path, byte[] bytes, Encoding encoding)
    {
        var name = encoding is UTF32Encoding ? "UTF-32" : "UTF-16";
        try
        {
            var text = encoding.GetString(bytes);
            return Valid(path, name, text, Strict.GetBytes(text));
        }
        catch (ArgumentException) // of the decoder, and of half a surrogate pair that is no character in UTF-8
        {
            throw new DataException(
                $"{path} starts like {name} but is damaged; save it again, as UTF-8 (in a spreadsheet: \"CSV UTF-8\").");
        }
    }

    private static TextFile Valid(string path, string encoding, string text, byte[] bytes) =>
        new(path, encoding) { Text = text, Bytes = bytes, Lines = [.. LineEnds.Split(text)] };

    private static TextFile Damaged(string path, byte[] bytes)
    {
        var text = new StringBuilder();
        var invalid = new List<(int Line, string Reason)>();
        var line = 0;
        foreach (var (start, end, next) in LineEnds.Of(bytes))
        {
            line++;
            var content = bytes.AsSpan(start, end - start);
            try
            {
                text.Append(Strict.GetString(content));
            }
            catch (DecoderFallbackException e)
            {
                text.Append(System.Text.Encoding.UTF8.GetString(content));
                var bad = e.BytesUnknown is { Length: > 0 } unknown ? $" (byte 0x{unknown[0]:X2} at position {e.Index + 1})" : "";
                invalid.Add((line, $"the line is not UTF-8{bad}{ChineseEncoding.Remedy(path, content)}"));
            }

            text.Append(System.Text.Encoding.ASCII.GetString(bytes, end, next - end));
        }

        var whole = text.ToString();
        var file = new TextFile(path, "UTF-8, damaged in places")
        {
            Text = whole, Bytes = Strict.GetBytes(whole), Lines = [.. LineEnds.Split(whole)]
        };
        foreach (var (at, reason) in invalid) file._invalid.Add(at, reason);
        return file;
    }
}
