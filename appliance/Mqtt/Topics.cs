using System.Diagnostics.CodeAnalysis;

namespace Edge.Appliance.Mqtt;

/// <summary>Topic names of docs/reference/mqtt.md.</summary>
internal static class Topics
{
    private const string UtterancePrefix = "edge/utterance/";

    /// <summary>Filter of all lines, shared between the appliances of a group where one is given.</summary>
    public static string UtteranceFilter(string? sharedGroup) =>
        sharedGroup is null ? UtterancePrefix + "+" : $"$share/{sharedGroup}/{UtterancePrefix}+";

    /// <summary>Where the answers of a line go.</summary>
    public static string Analysis(string line) => "edge/analysis/" + line;

    /// <summary>Where the errors of a line go.</summary>
    public static string Error(string line) => "edge/error/" + line;

    /// <summary>Where this appliance says whether it is there.</summary>
    public static string Status(string host) => "edge/status/" + host;

    /// <summary>The line of an utterance's topic.</summary>
    public static bool TryGetLine(string topic, [NotNullWhen(true)] out string? line)
    {
        line = topic.StartsWith(UtterancePrefix, StringComparison.Ordinal) ? topic[UtterancePrefix.Length..] : null;
        return line is not null && !line.Contains('/', StringComparison.Ordinal);
    }

    /// <summary>
    /// Whether an answer may go to a topic that a message asks for: no wildcards, nothing of the broker's own, and not the
    /// utterances themselves, which would have the appliance answer its answers.
    /// </summary>
    public static bool IsResponseTopic(string topic) =>
        topic.Length > 0
        && topic.AsSpan().IndexOfAny("+#\0") < 0
        && topic[0] != '$'
        && !topic.StartsWith(UtterancePrefix, StringComparison.Ordinal);
}
