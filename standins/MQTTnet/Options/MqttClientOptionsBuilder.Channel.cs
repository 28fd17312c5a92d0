#nullable disable
using System.Net;
using System.Net.Sockets;
using MQTTnet.Protocol;

namespace MQTTnet;

public sealed partial class MqttClientOptionsBuilder
{
    private int? _port;
    private EndPoint _remoteEndPoint;
    private MqttClientTcpOptions _tcpOptions;
    private MqttClientTlsOptions _tlsOptions;

    public MqttClientOptionsBuilder WithTcpServer(string host, int? port = null, AddressFamily addressFamily = AddressFamily.Unspecified)
    {
        ArgumentNullException.ThrowIfNull(host);
        _tcpOptions = new MqttClientTcpOptions();
        // Port 0 becomes 1883 or 8883 in Build, when it is known whether TLS is on.
        _remoteEndPoint = new DnsEndPoint(host, port ?? 0, addressFamily);
        _port = port;
        return this;
    }

    /// <summary>RemoteEndpoint alone is not enough: Build asks for WithTcpServer(host) or WithEndPoint, as the real package does.</summary>
    public MqttClientOptionsBuilder WithTcpServer(Action<MqttClientTcpOptions> optionsBuilder)
    {
        ArgumentNullException.ThrowIfNull(optionsBuilder);
        _tcpOptions = new MqttClientTcpOptions();
        optionsBuilder(_tcpOptions);
        return this;
    }

    public MqttClientOptionsBuilder WithEndPoint(EndPoint endPoint)
    {
        _remoteEndPoint = endPoint ?? throw new ArgumentNullException(nameof(endPoint));
        _tcpOptions = new MqttClientTcpOptions();
        return this;
    }

    public MqttClientOptionsBuilder WithAddressFamily(AddressFamily addressFamily)
    {
        _tcpOptions.AddressFamily = addressFamily;
        return this;
    }

    public MqttClientOptionsBuilder WithProtocolType(ProtocolType protocolType)
    {
        _tcpOptions.ProtocolType = protocolType;
        return this;
    }

    public MqttClientOptionsBuilder WithTlsOptions(MqttClientTlsOptions tlsOptions)
    {
        _tlsOptions = tlsOptions;
        return this;
    }

    public MqttClientOptionsBuilder WithTlsOptions(Action<MqttClientTlsOptionsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new MqttClientTlsOptionsBuilder();
        configure(builder);
        return WithTlsOptions(builder.Build());
    }

    public MqttClientOptionsBuilder WithConnectionUri(string uri) => WithConnectionUri(new Uri(uri, UriKind.Absolute));

    public MqttClientOptionsBuilder WithConnectionUri(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        int? port = uri.IsDefaultPort ? null : uri.Port;
        switch (uri.Scheme.ToLowerInvariant())
        {
            case "tcp":
            case "mqtt":
                WithTcpServer(uri.Host, port).WithTlsOptions(o => o.UseTls(false));
                break;
            case "mqtts":
                WithTcpServer(uri.Host, port).WithTlsOptions(o => o.UseTls());
                break;
            case "unix":
                WithEndPoint(new UnixDomainSocketEndPoint(uri.AbsolutePath))
                    .WithAddressFamily(AddressFamily.Unix)
                    .WithProtocolType(ProtocolType.Unspecified)
                    .WithTlsOptions(o => o.UseTls(false));
                break;
            case "ws":
            case "wss":
                throw new NotSupportedException("The stand-in for MQTTnet has no WebSocket; use mqtt, mqtts or unix, or the real package.");
            default:
                throw new ArgumentException("Unexpected scheme in uri.");
        }

        if (!string.IsNullOrEmpty(uri.UserInfo))
        {
            var parts = uri.UserInfo.Split(':');
            WithCredentials(parts[0], parts.Length > 1 ? parts[1] : "");
        }
        return this;
    }

    private MqttClientTcpOptions BuildChannel()
    {
        if (_tcpOptions == null)
            throw new InvalidOperationException("A channel must be set.");
        if (_remoteEndPoint == null)
            throw new ArgumentException("No endpoint is set.");

        _tcpOptions.TlsOptions = _tlsOptions ?? _tcpOptions.TlsOptions;
        var defaultPort = _port ?? (_tcpOptions.TlsOptions?.UseTls == false ? MqttPorts.Default : MqttPorts.Secure);
        _remoteEndPoint = _remoteEndPoint switch
        {
            DnsEndPoint { Port: 0 } dns => new DnsEndPoint(dns.Host, defaultPort, dns.AddressFamily),
            IPEndPoint { Port: 0 } ip => new IPEndPoint(ip.Address, defaultPort),
            _ => _remoteEndPoint,
        };
        _tcpOptions.RemoteEndpoint ??= _remoteEndPoint;
        return _tcpOptions;
    }
}
