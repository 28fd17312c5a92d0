namespace Edge.Appliance.Mqtt;

/// <summary>A setting of mosquitto (mosquitto.conf(5)) that a promise of docs/reference/mqtt.md rests on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">What mosquitto takes where it is not set.</param>
/// <param name="Wanted">What it must be, in words.</param>
/// <param name="Line">The line that sets it so.</param>
/// <param name="Otherwise">What happens otherwise.</param>
/// <param name="IsRight">Whether a value is right; null: it is not set.</param>
internal sealed record BrokerSetting(
    string Name, string Default, string Wanted, string Line, string Otherwise, Func<string?, bool> IsRight);
