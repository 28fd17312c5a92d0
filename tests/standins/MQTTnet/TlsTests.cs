using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Edge.Tests.Support;
using MQTTnet;
using MQTTnet.Exceptions;

namespace Edge.Standins.Tests.Mqtt;

/// <summary>TLS against a real broker, with certificates made for the test.</summary>
public sealed class TlsTests : MqttTest, IAsyncLifetime
{
    private const string Files = "cafile {folder}/ca.pem\ncertfile {folder}/server.pem\nkeyfile {folder}/server.key\n";

    private readonly TestCertificates _certificates = new();
    private readonly int _tlsPort = MosquittoBroker.FreePort();
    private MosquittoBroker? _broker;

    public async ValueTask InitializeAsync()
    {
        _broker = await MosquittoBroker.StartAsync(
            $"listener {_tlsPort} 127.0.0.1\n{Files}require_certificate false\n", _certificates.Write);
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _broker!.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task Connect_ServerOfTheTrustedAuthority_IsAccepted()
    {
        var client = await ConnectAsync(Options(tls => tls.WithTrustChain(_certificates.Trusted)));
        var received = Collect(client);
        await client.SubscribeAsync("secret", cancellationToken: Token);
        await client.PublishStringAsync("secret", new string('密', 100_000), cancellationToken: Token);
        Assert.Equal(100_000, TextOf(await NextAsync(received)).Length);
    }

    [Fact]
    public async Task Connect_UnknownAuthority_IsRefused()
    {
        var client = CreateClient();
        var disconnected = NextDisconnect(client);

        var exception = await Assert.ThrowsAsync<MqttCommunicationException>(() => client.ConnectAsync(Options(_ => { }), Token));

        Assert.IsType<AuthenticationException>(exception.InnerException);
        Assert.False((await disconnected).ClientWasConnected);
    }

    [Fact]
    public async Task Connect_AnotherHostsCertificate_IsRefused()
    {
        var client = CreateClient();
        var options = Options(tls => tls.WithTrustChain(_certificates.Trusted).WithTargetHost("elsewhere.example"));
        await Assert.ThrowsAsync<MqttCommunicationException>(() => client.ConnectAsync(options, Token));
    }

    [Fact]
    public async Task Connect_AllowUntrustedAlone_DoesNotSwitchValidationOff()
    {
        var client = CreateClient();
        await Assert.ThrowsAsync<MqttCommunicationException>(
            () => client.ConnectAsync(Options(tls => tls.WithAllowUntrustedCertificates()), Token));
    }

    [Fact]
    public async Task Connect_ValidationHandler_Decides()
    {
        string? subject = null;
        await ConnectAsync(Options(tls => tls.WithCertificateValidationHandler(args =>
        {
            subject = args.Certificate.Subject;
            return true;
        })));
        Assert.Equal("CN=broker", subject);
        await ConnectAsync(Options(tls => tls.WithIgnoreCertificateChainErrors()));
        await Assert.ThrowsAsync<MqttCommunicationException>(() => CreateClient().ConnectAsync(
            Options(tls => tls.WithTrustChain(_certificates.Trusted).WithCertificateValidationHandler(_ => false)), Token));
    }

    [Fact]
    public async Task Connect_ClientCertificate_IsWhatTheBrokerAsksFor()
    {
        var port = MosquittoBroker.FreePort();
        await using var strict = await MosquittoBroker.StartAsync(
            $"listener {port} 127.0.0.1\n{Files}require_certificate true\nuse_identity_as_username true\n", _certificates.Write);

        var client = await ConnectAsync(Options(
            tls => tls.WithTrustChain(_certificates.Trusted).WithClientCertificates([_certificates.Client]), port));
        await client.PingAsync(Token);
        Assert.Contains("'box'", strict.Log, StringComparison.Ordinal);

        var without = CreateClient();
        await Assert.ThrowsAnyAsync<MqttCommunicationException>(
            () => without.ConnectAsync(Options(tls => tls.WithTrustChain(_certificates.Trusted), port), Token));
    }

    private MqttClientOptions Options(Action<MqttClientTlsOptionsBuilder> configure, int? port = null) =>
        new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port ?? _tlsPort).WithTlsOptions(tls =>
        {
            // A private authority publishes no revocation list.
            tls.WithRevocationMode(X509RevocationMode.NoCheck);
            configure(tls);
        }).Build();
}
