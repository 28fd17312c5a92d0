using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Edge.Appliance.Mqtt;

/// <summary>Topic names of docs/reference/mqtt.md.</summary>
internal static class Topics
{
    /// <summary>Longest name of a line, in UTF-16 code units: it is kept with every remembered answer and every case.</summary>
    public const int LongestLine = 256;

    /// <summary>Most levels of a response topic: mosquitto ends the connection of a client that publishes to more.</summary>
    public const int MostLevels = 200;

    /// <summary>What a response topic must be, for the error.</summary>
    public static readonly string ResponseTopicRule =
        $"a response topic has up to {MostLevels} levels and 65535 bytes of UTF-8, no wildcard and no control character, does not begin " +
        "with $, and is not a topic of utterances";

    private const string UtterancePrefix = "edge/utterance/";
    private const int MostBytes = 65_535;

    /// <summary>Filter of all lines, shared between the appliances of a group where one is given.</summary>
    public static string UtteranceFilter(string? sharedGroup) =>
        sharedGroup is null ? UtterancePrefix + "+" : $"$share/{sharedGroup}/{UtterancePrefix}+";

    /// <summary>Where the answers of a line go.</summary>
    public static string Analysis(string line) => "edge/analysis/" + line;

    /// <summary>Where the errors of a line go.</summary>
    public static string Error(string line) => "edge/error/" + line;

    /// <summary>Where this appliance says whether it is there.</summary>
    public static string Status(string host) => "edge/status/" + host;

    /// <summary>Whether a topic is an appliance's status.</summary>
    public static bool IsStatus(string topic) => topic.StartsWith(Status(""), StringComparison.Ordinal);

    /// <summary>The line of an utterance's topic.</summary>
    public static bool TryGetLine(string topic, [NotNullWhen(true)] out string? line)
    {
        line = topic.StartsWith(UtterancePrefix, StringComparison.Ordinal) ? topic[UtterancePrefix.Length..] : null;
        return line is not null && !line.Contains('/', StringComparison.Ordinal);
    }

    /// <summary>
    /// Whether an answer may go to a topic that a message asks for. Senders get there what brokers pass on: no wildcards, nothing of
    /// the broker's own, not the utterances themselves, which would have the appliance answer its answers, and nothing that
    /// mosquitto takes for a malformed packet, because it ends the connection of whoever publishes that.
    /// </summary>
    public static bool IsResponseTopic(string topic) =>
        topic.Length > 0
        && topic[0] != '$'
        && !topic.StartsWith(UtterancePrefix, StringComparison.Ordinal)
        && topic.AsSpan().Count('/') < MostLevels
        && Encoding.UTF8.GetByteCount(topic) <= MostBytes
        && topic.EnumerateRunes().All(IsAllowed);

    // MQTT 5, 1.5.4: no U+0000, and others that a receiver may close the connection for.
    private static bool IsAllowed(Rune rune) =>
        rune.Value is not ('+' or '#')
        && !Rune.IsControl(rune)
        && (rune.Value & 0xFFFE) != 0xFFFE
        && rune.Value is < 0xFDD0 or > 0xFDEF;
}
