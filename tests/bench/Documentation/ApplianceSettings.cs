using System.Reflection;
using Edge.Appliance.Configuration;

namespace Edge.Bench.Tests.Documentation;

/// <summary>The options of the appliance.</summary>
internal static class ApplianceSettings
{
    private static readonly XmlComments Comments = new(typeof(ApplianceOptions).Assembly, name => name);

    // What depends on the machine.
    private static readonly Dictionary<string, string> Defaults = new()
    {
        ["Host"] = "the machine's name", ["Analysis:Workers"] = "the processors, at most 64", ["Mqtt:ClientId"] = "`edge-<host>`",
        ["Mqtt:Port"] = "1883, or 8883 with TLS", ["Mqtt:Tls:CaFile"] = "the system's", ["Mqtt:Tls:TargetHost"] = "`Mqtt:Host`",
        ["Thresholds"] = "the bundle's",
    };

    /// <summary>A section for each record of options, in the order of declaration.</summary>
    public static IEnumerable<SettingSection> Sections() => Sections(typeof(ApplianceOptions), new ApplianceOptions(), "General", "", "");

    private static IEnumerable<SettingSection> Sections(Type type, object options, string title, string text, string prefix)
    {
        var properties = type.GetProperties().Where(property => property.CanWrite).ToArray();
        var values = properties.Where(property => OptionsBinder.Keys.Contains(prefix + property.Name));
        yield return new SettingSection(title, text, [.. values.Select(property => Row(property, options, prefix + property.Name))]);
        foreach (var property in properties.Where(property => !OptionsBinder.Keys.Contains(prefix + property.Name)))
        {
            var key = prefix + property.Name;
            foreach (var section in Sections(
                property.PropertyType, property.GetValue(options)!, $"`{key}`", Comments.Of(property), key + ":"))
                yield return section;
        }
    }

    private static SettingRow Row(PropertyInfo property, object options, string key) => new(
        key, Comments.Of(property), Range(key), Defaults.TryGetValue(key, out var said) ? said : Default(property.GetValue(options)));

    private static string Default(object? value) => value switch
    {
        null => "none",
        bool flag => flag ? "true" : "false",
        TimeSpan duration => $"`{Durations.Format(duration)}`",
        string text => $"`{text}`",
        _ => $"{value}",
    };

    // What the program asks for where it is given nonsense; empty where it takes anything.
    private static string Range(string key)
    {
        foreach (var value in (string[])["-1000000000", "100000d", "?", "", "/no/such/file"])
        {
            var problems = new List<string>();
            Setting[] settings = [new Setting("page", key, value)];
            var options = OptionsBinder.Bind(settings, problems);
            if (problems.Count == 0)
                OptionsValidator.Check(options, settings, problems);
            var start = $"page: {key} is ";
            var said = problems.Where(problem => problem.StartsWith(start, StringComparison.Ordinal))
                .Select(problem => problem[(problem.LastIndexOf("; use ", StringComparison.Ordinal) + 6)..]);
            if (said.FirstOrDefault(
                range => range is not ("a whole number" or "a duration, for example 500ms, 15s, 5m, 1d or 00:00:15")) is { } range)
                return range;
        }
        return "";
    }
}
