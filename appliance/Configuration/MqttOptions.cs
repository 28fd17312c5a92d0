namespace Edge.Appliance.Configuration;

/// <summary>The broker.</summary>
internal sealed record MqttOptions
{
    /// <summary>Whether utterances are taken from a broker; default true. False leaves HTTP alone.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Name or address of the broker; default 127.0.0.1.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Port of the broker; 1 to 65535. Default 0: 1883, or 8883 with TLS.</summary>
    public int Port { get; init; }

    /// <summary>
    /// Client id: the name of the session in which the broker keeps undelivered messages, so it must stay the same and be
    /// used by one appliance only; 1 to 64 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>. Default <c>edge-&lt;host&gt;</c>.
    /// </summary>
    public string? ClientId { get; init; }

    /// <summary>
    /// Group of a shared subscription (<c>$share/GROUP/edge/utterance/+</c>): appliances of one group share the lines
    /// between them. Default none: this appliance gets every utterance.
    /// </summary>
    public string? SharedGroup { get; init; }

    /// <summary>User name at the broker; default none.</summary>
    public string? UserName { get; init; }

    /// <summary>
    /// File whose first line is the password; read at every connect, never logged. Default none. Keep it readable by the
    /// service's user only.
    /// </summary>
    public string? PasswordFile { get; init; }

    /// <summary>
    /// How long the broker keeps the session, undelivered utterances included, while the appliance is away; 1 min to
    /// 30 days, default 1 day. After it they are lost.
    /// </summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Longest silence before a ping; 5 s to 10 min, default 15 s. The broker drops a client silent for 1.5 times that.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest wait for the broker's answer to a connect, subscribe or publish; 1 s to 2 min, default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longest pause between two attempts to connect; 100 ms to 10 min, default 5 s. Pauses double from 250 ms, shortened
    /// at random by up to half, so that many appliances do not come back at the same instant.
    /// </summary>
    public TimeSpan ReconnectDelayMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Encryption.</summary>
    public MqttTlsOptions Tls { get; init; } = new();

    /// <summary>The port in use.</summary>
    internal int EffectivePort => Port != 0 ? Port : Tls.Enabled ? 8883 : 1883;
}
