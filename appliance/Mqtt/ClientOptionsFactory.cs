using System.Security.Cryptography.X509Certificates;
using Edge.Appliance.Configuration;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Edge.Appliance.Mqtt;

/// <summary>Makes the client's options. Files (password, certificates) are read anew for every connect.</summary>
internal sealed class ClientOptionsFactory(ApplianceOptions appliance)
{
    private readonly MqttOptions _options = appliance.Mqtt;

    /// <summary>Name of this appliance's session.</summary>
    public string ClientId => _options.ClientId ?? "edge-" + appliance.Host;

    /// <summary>What others of the group must know of it; null without a group.</summary>
    public GroupMembership? Membership =>
        _options.SharedGroup is { } group ? new GroupMembership(group, ClientId) : (GroupMembership?)null;

    /// <summary>Seconds that the broker keeps the session.</summary>
    public uint SessionExpirySeconds => (uint)_options.SessionExpiry.TotalSeconds;

    /// <summary>Creates the options of one connect.</summary>
    public MqttClientOptions Create() => Builder(ClientId)
        .WithWillTopic(Topics.Status(appliance.Host))
        .WithWillPayload(StatusWriter.Offline(appliance.Host, Membership))
        .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithWillRetain()
        .Build();

    /// <summary>Creates the options of a connect that finishes the session of another appliance.</summary>
    public MqttClientOptions CreateFor(string clientId) => Builder(clientId).Build();

    private MqttClientOptionsBuilder Builder(string clientId)
    {
        var builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(_options.Host, _options.EffectivePort)
            .WithClientId(clientId)
            // The session must survive us, or utterances published while we are away would be lost.
            .WithCleanStart(false)
            .WithSessionExpiryInterval(SessionExpirySeconds)
            .WithReceiveMaximum((ushort)appliance.Analysis.QueueCapacity)
            // No maximum packet size: LimitedChannel says why.
            .WithKeepAlivePeriod(_options.KeepAlive)
            .WithTimeout(_options.Timeout);
        if (_options.UserName is not null)
            builder.WithCredentials(_options.UserName, ReadPassword());
        if (_options.Tls.Enabled)
            builder.WithTlsOptions(Tls());
        return builder;
    }

    private string ReadPassword() =>
        _options.PasswordFile is null ? "" : File.ReadLines(_options.PasswordFile).FirstOrDefault() ?? "";

    private MqttClientTlsOptions Tls()
    {
        var tls = new MqttClientTlsOptionsBuilder()
            .UseTls()
            .WithRevocationMode(X509RevocationMode.NoCheck)
            .WithTargetHost(_options.Tls.TargetHost ?? _options.Host);
        if (_options.Tls.CaFile is not null)
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(_options.Tls.CaFile);
            tls.WithTrustChain(authorities);
        }
        if (_options.Tls.CertificateFile is not null)
        {
            tls.WithClientCertificates(new X509Certificate2Collection(
                X509Certificate2.CreateFromPemFile(_options.Tls.CertificateFile, _options.Tls.KeyFile)));
        }
        return tls.Build();
    }
}
