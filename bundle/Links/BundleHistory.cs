using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Edge.Bundles.Common;

namespace Edge.Bundles.Links;

/// <summary>
/// Which bundle served since when, and why: <c>history.jsonl</c> beside the links, a line of JSON a change. A line that a power cut or
/// a kill left unfinished counts as not written.
/// </summary>
public static class BundleHistory
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "history.jsonl";

    /// <summary>Form of a line.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<BundleAction>(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads the changes, oldest first.</summary>
    /// <param name="file">Path of the file; there may be none.</param>
    /// <exception cref="BundleException">A line is no change.</exception>
    public static IReadOnlyList<BundleChange> Read(string file)
    {
        if (!File.Exists(file))
            return [];
        var text = File.ReadAllText(RegularFile.Require(file));
        List<BundleChange> changes = [];
        var number = 0;
        foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            number++;
            try
            {
                changes.Add(JsonSerializer.Deserialize<BundleChange>(line, Json)!);
            }
            catch (JsonException problem)
            {
                throw new BundleException(
                    $"{file}, line {number}: is no change of a bundle: {problem.Message} Remove the line; the links "
                    + "stay as they are.", problem);
            }
        }
        return changes;
    }

    /// <summary>Adds a change; on disk when it returns.</summary>
    internal static void Add(string file, BundleChange change)
    {
        using var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        stream.SetLength(EndOfLines(stream));
        stream.Seek(0, SeekOrigin.End);
        stream.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(change, Json) + "\n"));
        stream.Flush(flushToDisk: true);
        DiskSync.Folder(Path.GetDirectoryName(Path.GetFullPath(file))!);
    }

    private static long EndOfLines(FileStream stream)
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
    }
}
