#nullable disable
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MQTTnet;

/// <summary>TLS settings; the defaults are those of the real package, revocation checks online among them.</summary>
public sealed class MqttClientTlsOptions
{
    public bool AllowRenegotiation { get; set; } = true;

    /// <summary>Read by certificate validation handlers only; it does not switch validation off by itself.</summary>
    public bool AllowUntrustedCertificates { get; set; }

    public List<SslApplicationProtocol> ApplicationProtocols { get; set; }

    public Func<MqttClientCertificateValidationEventArgs, bool> CertificateValidationHandler { get; set; }

    public CipherSuitesPolicy CipherSuitesPolicy { get; set; }

    public IMqttClientCertificatesProvider ClientCertificatesProvider { get; set; }

    public EncryptionPolicy EncryptionPolicy { get; set; } = EncryptionPolicy.RequireEncryption;

    public bool IgnoreCertificateChainErrors { get; set; }

    public bool IgnoreCertificateRevocationErrors { get; set; }

    public X509RevocationMode RevocationMode { get; set; } = X509RevocationMode.Online;

    public SslProtocols SslProtocol { get; set; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    public string TargetHost { get; set; }

    public X509Certificate2Collection TrustChain { get; set; }

    public bool UseTls { get; set; }
}
