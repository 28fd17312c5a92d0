using System.Text.Json;
using Edge.Bundles.Common;

namespace Edge.Trainer.Data.Cleaning;

/// <summary>Reads rules from a file: <c>[{"pattern":"\\[noise\\]","replacement":""}]</c>.</summary>
internal static class CleaningFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads the rules.</summary>
    /// <exception cref="UserException">The file is missing or malformed, or a rule has a problem: all are named.</exception>
    public static IReadOnlyList<CleaningRule> Read(string path)
    {
        if (!File.Exists(path))
            throw new UserException(
                $"--clean {path}: there is no such file; it holds a list of rules, [{{\"pattern\":\"...\",\"replacement\":\"\"}}]");
        try
        {
            var rules = JsonSerializer.Deserialize<CleaningRule[]>(File.ReadAllText(RegularFile.Require(path)), Json) ?? [];
            UserException.ThrowIfAny([.. Cleaner.Problems(rules, path)]);
            return rules;
        }
        catch (JsonException problem)
        {
            throw new UserException(
                $"{path}: {problem.Message} The file is a list of rules, [{{\"pattern\":\"...\",\"replacement\":\"\"}}]");
        }
    }
}
