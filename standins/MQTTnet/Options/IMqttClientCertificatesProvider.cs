#nullable disable
using System.Security.Cryptography.X509Certificates;

namespace MQTTnet;

/// <summary>Asked for client certificates at every TLS handshake, so that renewed ones are used.</summary>
public interface IMqttClientCertificatesProvider
{
    X509CertificateCollection GetCertificates();
}
