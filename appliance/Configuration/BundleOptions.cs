namespace Edge.Appliance.Configuration;

/// <summary>Which bundles may serve.</summary>
internal sealed record BundleOptions
{
    /// <summary>
    /// PEM file with ECDSA public keys. Where it is set, a bundle that none of them has signed (<c>edge-trainer sign</c>) is refused, and
    /// so is one that is older than the bundle that serves, unless <c>edge-appliance rollback</c> asked for it. Default: none, every whole
    /// bundle may serve.
    /// </summary>
    public string? TrustedKeys { get; init; }
}
