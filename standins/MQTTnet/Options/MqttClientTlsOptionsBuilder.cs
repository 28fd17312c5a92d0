#nullable disable
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MQTTnet;

/// <summary>Builds TLS settings; using it switches TLS on.</summary>
public sealed class MqttClientTlsOptionsBuilder
{
    private readonly MqttClientTlsOptions _options = new() { UseTls = true };

    public MqttClientTlsOptions Build() => _options;

    public MqttClientTlsOptionsBuilder UseTls(bool useTls = true) => With(o => o.UseTls = useTls);

    public MqttClientTlsOptionsBuilder WithAllowRenegotiation(bool allowRenegotiation = true) =>
        With(o => o.AllowRenegotiation = allowRenegotiation);

    public MqttClientTlsOptionsBuilder WithAllowUntrustedCertificates(bool allowUntrustedCertificates = true) =>
        With(o => o.AllowUntrustedCertificates = allowUntrustedCertificates);

    public MqttClientTlsOptionsBuilder WithApplicationProtocols(List<SslApplicationProtocol> applicationProtocols) =>
        With(o => o.ApplicationProtocols = applicationProtocols);

    public MqttClientTlsOptionsBuilder WithCertificateValidationHandler(
        Func<MqttClientCertificateValidationEventArgs, bool> certificateValidationHandler)
    {
        ArgumentNullException.ThrowIfNull(certificateValidationHandler);
        return With(o => o.CertificateValidationHandler = certificateValidationHandler);
    }

    public MqttClientTlsOptionsBuilder WithCipherSuitesPolicy(CipherSuitesPolicy cipherSuitePolicy) =>
        With(o => o.CipherSuitesPolicy = cipherSuitePolicy);

    public MqttClientTlsOptionsBuilder WithCipherSuitesPolicy(EncryptionPolicy encryptionPolicy) =>
        With(o => o.EncryptionPolicy = encryptionPolicy);

    public MqttClientTlsOptionsBuilder WithClientCertificates(IEnumerable<X509Certificate2> certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        return WithClientCertificatesProvider(new DefaultMqttCertificatesProvider(certificates));
    }

    public MqttClientTlsOptionsBuilder WithClientCertificates(X509Certificate2Collection certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        return WithClientCertificatesProvider(new DefaultMqttCertificatesProvider(certificates));
    }

    public MqttClientTlsOptionsBuilder WithClientCertificatesProvider(IMqttClientCertificatesProvider clientCertificatesProvider) =>
        With(o => o.ClientCertificatesProvider = clientCertificatesProvider);

    public MqttClientTlsOptionsBuilder WithIgnoreCertificateChainErrors(bool ignoreCertificateChainErrors = true) =>
        With(o => o.IgnoreCertificateChainErrors = ignoreCertificateChainErrors);

    public MqttClientTlsOptionsBuilder WithIgnoreCertificateRevocationErrors(bool ignoreCertificateRevocationErrors = true) =>
        With(o => o.IgnoreCertificateRevocationErrors = ignoreCertificateRevocationErrors);

    public MqttClientTlsOptionsBuilder WithRevocationMode(X509RevocationMode revocationMode) =>
        With(o => o.RevocationMode = revocationMode);

    public MqttClientTlsOptionsBuilder WithSslProtocols(SslProtocols sslProtocols) => With(o => o.SslProtocol = sslProtocols);

    public MqttClientTlsOptionsBuilder WithTargetHost(string targetHost) => With(o => o.TargetHost = targetHost);

    public MqttClientTlsOptionsBuilder WithTrustChain(X509Certificate2Collection chain) => With(o => o.TrustChain = chain);

    private MqttClientTlsOptionsBuilder With(Action<MqttClientTlsOptions> set)
    {
        set(_options);
        return this;
    }
}
