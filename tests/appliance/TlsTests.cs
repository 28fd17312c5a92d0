using System.Security.Cryptography.X509Certificates;
using Edge.Appliance.Tests.Support;
using Edge.Tests.Support;

namespace Edge.Appliance.Tests;

public sealed class TlsTests(SharedBundles bundles) : IAsyncLifetime
{
    private const string Files = "cafile {folder}/ca.pem\ncertfile {folder}/server.pem\nkeyfile {folder}/server.key\n";

    private readonly TestFolder _folder = new();
    private readonly TestCertificates _certificates = new();
    private readonly int _tlsPort = MosquittoBroker.FreePort();
    private MosquittoBroker _broker = null!;

    public async ValueTask InitializeAsync() => _broker = await MosquittoBroker.StartAsync(
        $"listener {_tlsPort} 127.0.0.1\n{Files}require_certificate true\n", _certificates.Write);

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task CertificatesOfBothSides_AreUsed()
    {
        var certificate = _folder.Write("client.pem", _certificates.Client.ExportCertificatePem());
        using var key = _certificates.Client.GetECDsaPrivateKey()!;
        var keyFile = _folder.Write("client.key", key.ExportPkcs8PrivateKeyPem());
        await using var appliance = await ServeAsync(
            $"Mqtt:Tls:CaFile={_broker.Folder}/ca.pem", $"Mqtt:Tls:CertificateFile={certificate}", $"Mqtt:Tls:KeyFile={keyFile}");
        await using var caller = await Caller.ConnectAsync(_broker.Port);
        await caller.WaitUntilOnlineAsync();

        await caller.SayAsync("你好");
        await caller.HearAsync("edge/analysis/1");
    }

    [Fact]
    public async Task BrokerOfAnUnknownAuthority_IsNotTrusted()
    {
        await using var appliance = await ServeAsync();
        await appliance.WaitForLineAsync("Not connected to the broker");

        var (status, body) = await appliance.GetReadinessAsync();
        Assert.Equal(503, status);
        Assert.Contains("certificate", body.GetProperty("checks").GetProperty("broker").GetProperty("reason").GetString(),
            StringComparison.OrdinalIgnoreCase);
    }

    private Task<ApplianceProcess> ServeAsync(params string[] settings) =>
        ApplianceProcess.ServeAsync(bundles.Certain, _tlsPort, _folder["uncertain.db"], ["Mqtt:Tls:Enabled=true", .. settings]);
}
