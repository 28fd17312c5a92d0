namespace Edge.Appliance.Configuration;

/// <summary>Encryption of the connection to the broker.</summary>
internal sealed record MqttTlsOptions
{
    /// <summary>Whether the connection is encrypted; default false, which suits a broker on the same machine.</summary>
    public bool Enabled { get; init; }

    /// <summary>
    /// PEM file of the certificate authorities to trust; default: those of the system. Revocation is not looked up, because
    /// the list's server cannot be reached from inside the building.
    /// </summary>
    public string? CaFile { get; init; }

    /// <summary>PEM file of this appliance's certificate, for brokers that ask for one; needs <see cref="KeyFile"/>.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file of the private key of <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Name that the broker's certificate must carry; default: the host.</summary>
    public string? TargetHost { get; init; }
}
