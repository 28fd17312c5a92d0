namespace Edge.Appliance.Mqtt;

/// <summary>Where a broker listens.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">1 to 65535.</param>
internal readonly record struct BrokerAddress(string Host, int Port)
{
    /// <summary>The port of MQTT without TLS.</summary>
    public const int UsualPort = 1883;

    /// <summary>Reads <c>HOST</c> or <c>HOST:PORT</c>; an IPv6 address with a port stands in brackets.</summary>
    public static bool TryParse(string text, out BrokerAddress address)
    {
        var colon = text.LastIndexOf(':');
        var port = UsualPort;
        address = new BrokerAddress(colon > 0 ? text[..colon].Trim('[', ']') : text, port);
        if (address.Host.Length == 0 || (colon > 0 && (!int.TryParse(text.AsSpan(colon + 1), out port) || port is < 1 or > 65535)))
            return false;
        address = address with { Port = port };
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Host}:{Port}";
}
