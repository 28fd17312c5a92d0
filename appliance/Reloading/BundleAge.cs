using Edge.Appliance.Analysis;
using Edge.Appliance.Configuration;
using Edge.Bundles;
using Edge.Bundles.Common;
using Edge.Bundles.Links;

namespace Edge.Appliance.Reloading;

/// <summary>
/// Where bundles must be signed, an older one than the one that serves must not take its place: whoever kept a signed bundle could
/// bring its faults back. A rollback may.
/// </summary>
internal static class BundleAge
{
    /// <summary>Checks a bundle's age.</summary>
    /// <param name="options">The options.</param>
    /// <param name="next">The bundle that shall serve.</param>
    /// <param name="serving">The one that serves.</param>
    /// <exception cref="BundleException">It is older, and no rollback asked for it.</exception>
    public static void Check(ApplianceOptions options, ServedBundle next, BundleManifest serving)
    {
        if (options.Bundles.TrustedKeys is null || next.Manifest.Created >= serving.Created || IsRolledBackTo(options, next.Directory))
            return;
        throw new BundleException(
            $"{next.Directory}: bundle {next.Id} is older than {serving.Id}, which serves, and Bundles:TrustedKeys refuses that. "
            + $"To go back on purpose: edge-appliance rollback --to {next.Directory}");
    }

    private static bool IsRolledBackTo(ApplianceOptions options, string folder) =>
        new BundleLinks(options.Bundle, options.Candidate).History() is [.., { Action: BundleAction.Rollback } last] && last.To == folder;
}
