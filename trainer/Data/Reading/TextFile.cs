using System.Text;
using Edge.Bundles.Common;

namespace Edge.Trainer.Data.Reading;

/// <summary>A UTF-8 file in lines, with the lines that are not UTF-8 known.</summary>
internal sealed class TextFile
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly Dictionary<int, string> _invalid = [];

    private TextFile(string name, string[] lines, byte[] bytes)
    {
        Name = name;
        Lines = lines;
        Bytes = bytes;
    }

    /// <summary>The file's name for messages.</summary>
    public string Name { get; }

    /// <summary>The lines without their ends (LF or CRLF) and without a byte order mark; invalid bytes stand as U+FFFD.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The file's bytes without a byte order mark.</summary>
    public byte[] Bytes { get; }

    /// <summary>True where every byte is UTF-8.</summary>
    public bool IsValid => _invalid.Count == 0;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="DataException">The file is missing, empty, or not in UTF-8 at all.</exception>
    public static TextFile Read(string path)
    {
        if (!File.Exists(path)) throw new DataException($"{path}: there is no such file.");
        var bytes = File.ReadAllBytes(RegularFile.Require(path));
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new DataException($"{path} is UTF-16; save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\").");
        if (bytes is [0xEF, 0xBB, 0xBF, ..]) bytes = bytes[3..];
        if (bytes.AsSpan().IndexOfAnyExcept("\r\n\t "u8) < 0)
            throw new DataException($"{path} is empty; it needs at least one utterance.");

        var lines = new List<string>();
        var invalid = new Dictionary<int, string>();
        for (var start = 0; start < bytes.Length;)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            var end = length < 0 ? bytes.Length : start + length;
            var line = bytes.AsSpan(start, end - start);
            if (line is [.., (byte)'\r']) line = line[..^1];
            try
            {
                lines.Add(Strict.GetString(line));
            }
            catch (DecoderFallbackException e)
            {
                lines.Add(Encoding.UTF8.GetString(line));
                var bad = e.BytesUnknown is { Length: > 0 } unknown ? $" (byte 0x{unknown[0]:X2} at position {e.Index + 1})" : "";
                invalid.Add(lines.Count, $"the line is not UTF-8{bad}; save the file as UTF-8 (in a spreadsheet: \"CSV UTF-8\")");
            }

            start = end + 1;
        }

        var file = new TextFile(path, [.. lines], bytes);
        foreach (var (line, reason) in invalid) file._invalid.Add(line, reason);
        return file;
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
}
