namespace Edge.Appliance.Configuration;

/// <summary>Valid options.</summary>
/// <param name="Options">The options.</param>
/// <param name="Logging">Settings of the host's logging.</param>
/// <param name="BundlePlace">Where the bundle was named, for messages.</param>
internal sealed record LoadedOptions(ApplianceOptions Options, IReadOnlyList<Setting> Logging, string BundlePlace);
