using Edge.Appliance.Analysis;
using Edge.Appliance.Configuration;
using Edge.Appliance.Reloading;
using Edge.Bundles;
using Edge.Bundles.Common;
using Edge.Bundles.Links;

namespace Edge.Appliance.Commands;

/// <summary>
/// Lets another bundle serve: 1. it is verified and tried here; 2. the link changes and the history says so; 3. a running service is told.
/// Where the service refuses it, the link goes back.
/// </summary>
internal sealed class LinkChange(LoadedOptions loaded, BundleLinks links, TimeProvider time)
{
    private static string Who =>
        Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } user ? user : Environment.UserName;

    /// <summary>Makes the change.</summary>
    /// <param name="action">What was asked for.</param>
    /// <param name="folder">The bundle's folder.</param>
    /// <param name="why">Reason for the history.</param>
    /// <param name="cancellation">Ends the wait for the service.</param>
    /// <returns>The program's exit code.</returns>
    public async Task<int> MakeAsync(BundleAction action, string folder, string why, CancellationToken cancellation)
    {
        var before = links.Served;
        var id = Try(action, folder);
        links.Change(New(action, before, folder, why));

        var service = new RunningService(loaded.Options.Http);
        var outcome = await service.ReloadAsync(cancellation);
        if (outcome?.Refused is { } reason && before is not null)
        {
            links.Change(New(BundleAction.Rollback, folder, before, $"the service refused {id}: {reason}"));
            await service.ReloadAsync(cancellation);
            Console.Error.WriteLine($"no: {outcome.Bundle} serves on, and {links.Current} leads to it again. {reason}");
            return ExitCode.Refused;
        }
        Console.Out.WriteLine(
            outcome is null ? $"{id} is linked; no service answers at {service.Address}, the next start serves it"
            : outcome.Previous is { } previous ? $"{id} serves now, after {previous}"
            : $"{id} serves");
        return ExitCode.Done;
    }

    private string Try(BundleAction action, string folder)
    {
        using var ready = ReadyBundle.Open(loaded with { Options = loaded.Options with { Bundle = folder }, BundlePlace = links.Current });
        if (action != BundleAction.Rollback && links.Served is not null)
            BundleAge.Check(loaded.Options, ready.Bundle, BundleReader.Open(links.Current).Manifest);
        return ready.Bundle.Id;
    }

    private BundleChange New(BundleAction action, string? from, string to, string why) =>
        new() { At = time.GetUtcNow(), Who = Who, Action = action, From = from, To = to, Why = why };
}
