#nullable disable
using System.Net;
using System.Net.Sockets;

namespace MQTTnet;

/// <summary>Socket settings; the defaults are those of the real package.</summary>
public sealed class MqttClientTcpOptions : IMqttClientChannelOptions
{
    public AddressFamily AddressFamily { get; set; } = AddressFamily.Unspecified;

    public int BufferSize { get; set; } = 8192;

    public bool? DualMode { get; set; }

    public LingerOption LingerState { get; set; } = new(true, 0);

    public EndPoint LocalEndpoint { get; set; }

    public bool NoDelay { get; set; } = true;

    public ProtocolType ProtocolType { get; set; } = ProtocolType.Tcp;

    public EndPoint RemoteEndpoint { get; set; }

    public MqttClientTlsOptions TlsOptions { get; set; } = new();

    public override string ToString() => RemoteEndpoint?.ToString() ?? string.Empty;
}
