using System.Globalization;
using System.Reflection;

namespace Edge.Appliance.Configuration;

/// <summary>
/// Puts settings into option records by property name. Not Microsoft.Extensions.Configuration.Binder: that one stops at the
/// first bad value, and does not say where it was set.
/// </summary>
internal static class OptionsBinder
{
    /// <summary>Section that belongs to the host's logging, not to the options.</summary>
    public const string LoggingSection = "Logging";

    private static readonly Dictionary<string, PropertyInfo[]> Known = Paths(typeof(ApplianceOptions), "", []).ToDictionary(
        path => path.Key, path => path.Properties, StringComparer.OrdinalIgnoreCase);

    /// <summary>All option keys, in the order of declaration.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. Known.Keys];

    /// <summary>Whether a key without section is an option.</summary>
    public static bool IsTopLevelValue(string key) => Known.ContainsKey(key) && !key.Contains(':', StringComparison.Ordinal);

    /// <summary>Applies the settings in order; unknown keys and values of a wrong type go to <paramref name="problems"/>.</summary>
    public static ApplianceOptions Bind(IEnumerable<Setting> settings, List<string> problems)
    {
        var options = new ApplianceOptions();
        var thresholds = new List<ThresholdOverride>();
        foreach (var setting in settings)
        {
            if (setting.Key.StartsWith(LoggingSection + ":", StringComparison.OrdinalIgnoreCase))
                continue;
            if (ThresholdOverride.IsKey(setting.Key))
                AddThreshold(setting, thresholds, problems);
            else if (!Known.TryGetValue(setting.Key, out var properties))
                problems.Add($"{setting.Place}: {setting.Key} is unknown; {KeySuggestion.For(setting.Key, Keys)}");
            else if (!TryConvert(setting.Value, properties[^1].PropertyType, out var value, out var allowed))
                problems.Add($"{setting.Place}: {setting.Key} is \"{setting.Value}\"; use {allowed}");
            else
                Set(options, properties, value);
        }
        return options with { Thresholds = thresholds };
    }

    // Thresholds:HEAD or Thresholds:HEAD:LABEL; a label may have colons of its own. Whether the bundle has them shows as it is opened.
    private static void AddThreshold(Setting setting, List<ThresholdOverride> thresholds, List<string> problems)
    {
        var parts = setting.Key.Split(':', 3);
        if (!float.TryParse(setting.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value is not (>= 0 and <= 1))
            problems.Add($"{setting.Place}: {setting.Key} is \"{setting.Value}\"; use 0 to 1");
        else
        {
            var label = parts is [_, _, not ThresholdOverride.AllLabels and var named] ? named : null;
            thresholds.Add(new ThresholdOverride(setting.Place, setting.Key, parts[1], label, value));
        }
    }

    private static IEnumerable<(string Key, PropertyInfo[] Properties)> Paths(Type type, string prefix, PropertyInfo[] above)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            var key = prefix + property.Name;
            PropertyInfo[] path = [.. above, property];
            if (property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal))
            {
                foreach (var below in Paths(property.PropertyType, key + ":", path))
                    yield return below;
            }
            else
            {
                yield return (key, path);
            }
        }
    }

    // The records are fresh and not shared yet, so setting init properties through reflection changes nobody else's options.
    private static void Set(ApplianceOptions options, PropertyInfo[] path, object? value)
    {
        object owner = options;
        foreach (var section in path[..^1])
            owner = section.GetValue(owner)!;
        path[^1].SetValue(owner, value);
    }

    private static bool TryConvert(string text, Type type, out object? value, out string allowed)
    {
        (value, allowed) = type switch
        {
            _ when type == typeof(string) => (text, ""),
            _ when type == typeof(bool) => (bool.TryParse(text, out var flag) ? flag : (object?)null, "true or false"),
            _ when type == typeof(int) => (
                int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : (object?)null,
                "a whole number"),
            _ when type == typeof(IReadOnlyList<ThresholdOverride>) => (
                (object?)null, "an object of heads, each with a number from 0 to 1, or with one for each label and * for the others"),
            _ when type == typeof(TimeSpan) => (
                Durations.TryParse(text, out var duration) ? duration : (object?)null,
                "a duration, for example 500ms, 15s, 5m, 1d or 00:00:15"),
            _ => throw new NotSupportedException($"Options of type {type.Name} are not bound."),
        };
        return value is not null;
    }
}
