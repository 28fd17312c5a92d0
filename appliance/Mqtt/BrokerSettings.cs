using System.Globalization;
using Edge.Appliance.Configuration;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// Every setting of mosquitto that "nothing is lost" rests on, and the one that makes it fast. MQTT does not tell a client of them, so
/// they are read from the file (edge-bench doctor), or a person looks (edge-appliance check).
/// </summary>
internal static class BrokerSettings
{
    private const long ManyMessages = 100_000;
    private const long ManyBytes = 100_000_000;

    // An answer with the longest response topic and correlation data.
    private const long PacketBytes = 300_000;
    private const int LongestSave = 60;

    /// <summary>Those that suit an appliance.</summary>
    public static IReadOnlyList<BrokerSetting> For(ApplianceOptions options)
    {
        var window = options.Analysis.QueueCapacity;
        var days = (int)Math.Ceiling(options.Mqtt.SessionExpiry.TotalDays);
        return
        [
            new("persistence", "false", "true", "persistence true",
                "a broker that restarts has forgotten the sessions and all that waits in them", IsTrue),
            new("persistence_location", "the working directory", "a folder that lasts, with a slash at its end",
                "persistence_location /var/lib/mosquitto/", "the broker may not find its file again",
                value => value is not null && value.StartsWith('/') && value.EndsWith('/')),
            new("autosave_interval", "1800", $"1 to {LongestSave}", $"autosave_interval {LongestSave}",
                "a broker that is killed loses what came since it last wrote its file",
                value => Number(value) is >= 1 and <= LongestSave),
            new("max_queued_messages", "1000", $"0 or at least {ManyMessages}", "max_queued_messages 1000000",
                "what comes while the appliance is away or busy is dropped without a word to the sender",
                value => AtLeast(value, ManyMessages)),
            new("max_queued_bytes", "0", $"0 or at least {ManyBytes}", "max_queued_bytes 0",
                "what comes while the appliance is away or busy is dropped without a word to the sender",
                value => value is null || AtLeast(value, ManyBytes)),
            new("max_inflight_messages", "20", $"0 or at least {window} (Analysis:QueueCapacity)", $"max_inflight_messages {window}",
                "the broker waits for acknowledgements before the appliance has enough to do", value => AtLeast(value, window)),
            new("max_inflight_bytes", "0", $"0 or at least {ManyBytes}", "max_inflight_bytes 0",
                "the broker waits for acknowledgements before the appliance has enough to do",
                value => value is null || AtLeast(value, ManyBytes)),
            new("message_size_limit", "0", $"0 or at least {MqttLink.LargestMessage}", $"message_size_limit {MqttLink.LargestMessage}",
                "long utterances and answers are refused, those of MQTT 3.1.1 senders without a word",
                value => value is null || AtLeast(value, MqttLink.LargestMessage)),
            new("max_packet_size", "0", $"not set, or at least {PacketBytes}", $"max_packet_size {PacketBytes}",
                "who sends a larger packet is thrown out", value => value is null || AtLeast(value, PacketBytes)),
            new("memory_limit", "0", "0", "memory_limit 0", "at the limit the broker drops messages and throws clients out",
                value => value is null or "0"),
            new("max_qos", "2", "1 or 2", "max_qos 2", "senders can only send what may be lost", value => value is null or "1" or "2"),
            new("persistent_client_expiration", "never", $"not set, or at least {days}d (Mqtt:SessionExpiry)",
                $"persistent_client_expiration {days}d", "the session ends earlier than the appliance asks for",
                value => value is null || Days(value) >= options.Mqtt.SessionExpiry.TotalDays),
            new("queue_qos0_messages", "false", "false", "queue_qos0_messages false",
                "messages of QoS 0 take the room of those that may not be lost", value => value is null || !IsTrue(value)),
            new("retain_available", "true", "true", "retain_available true", "nobody sees edge/status",
                value => value is null || IsTrue(value)),
            new("sys_interval", "10", "1 to 60", "sys_interval 10", "the appliance cannot see that the broker drops messages",
                value => value is null || Number(value) is >= 1 and <= 60),
            new("set_tcp_nodelay", "false", "true", "set_tcp_nodelay true",
                "mosquitto holds small messages back: 25 ms of median instead of 5", IsTrue),
        ];
    }

    private static bool IsTrue(string? value) => value is "true" or "1";

    private static bool AtLeast(string? value, long least) => Number(value) is { } number && (number == 0 || number >= least);

    private static long? Number(string? value) => long.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : null;

    // An integer and one of h d w m y, as mosquitto reads it.
    private static double Days(string value) =>
        Number(value[..^1]) is not { } number ? 0 : number * value[^1] switch
        {
            'h' => 1 / 24.0,
            'd' => 1,
            'w' => 7,
            'm' => 30,
            'y' => 365,
            _ => 0,
        };
}
