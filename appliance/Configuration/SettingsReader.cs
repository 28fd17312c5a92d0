using System.Collections;
using System.Text.Json;
using Edge.Bundles.Common;

namespace Edge.Appliance.Configuration;

/// <summary>Collects settings: file, then environment (<c>EDGE_Mqtt__Port</c>), then command line; the last one wins.</summary>
internal static class SettingsReader
{
    private const string EnvironmentPrefix = "EDGE_";

    /// <summary>Files that are looked for where none is named.</summary>
    public static IReadOnlyList<string> DefaultFiles { get; } = ["appliance.json", "/etc/edge/appliance.json"];

    /// <summary>Reads all sources; what cannot be read is reported to <paramref name="problems"/>.</summary>
    /// <param name="file">Configuration file, or null for none.</param>
    /// <param name="environment">Environment variables.</param>
    /// <param name="commandLine">Settings of the command line.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public static List<Setting> Read(string? file, IDictionary environment, IEnumerable<Setting> commandLine, List<string> problems)
    {
        var settings = new List<Setting>();
        if (file is not null)
            ReadFile(file, settings, problems);
        foreach (DictionaryEntry variable in environment)
        {
            if (FromEnvironment((string)variable.Key, (string?)variable.Value) is { } setting)
                settings.Add(setting);
        }
        settings.AddRange(commandLine);
        return settings;
    }

    private static Setting? FromEnvironment(string name, string? value)
    {
        if (!name.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase) || value is null)
            return null;
        var key = name[EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal);
        // EDGE_ANYTHING without __ may be meant for another program of the product; only names that are ours are taken.
        return key.Contains(':', StringComparison.Ordinal) || OptionsBinder.IsTopLevelValue(key)
            ? new Setting($"environment {name}", key, value)
            : null;
    }

    private static void ReadFile(string file, List<Setting> settings, List<string> problems)
    {
        try
        {
            using var stream = File.OpenRead(RegularFile.Require(file));
            var root = new ConfigurationBuilder().AddJsonStream(stream).Build();
            // Sections enumerate with a null value; {} and null as "".
            foreach (var (key, value) in root.AsEnumerable())
            {
                if (!string.IsNullOrEmpty(value))
                    settings.Add(new Setting(file, key, value));
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{file}: cannot be read ({failure.Message}); name another file with --config");
        }
        catch (Exception failure) when (failure is FormatException or JsonException or InvalidDataException)
        {
            var reason = (failure.InnerException as JsonException ?? failure).Message;
            problems.Add($"{file}: is not JSON ({reason}); correct it");
        }
    }
}
