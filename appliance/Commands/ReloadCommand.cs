using System.CommandLine;
using System.Text.Json;
using Edge.Appliance.Configuration;
using Edge.Appliance.Http;
using Edge.Bundles.Common;

namespace Edge.Appliance.Commands;

/// <summary><c>edge-appliance reload</c>: tells the running service to change to the bundle that is linked, and says how it went.</summary>
internal static class ReloadCommand
{
    // A large model of 512 tokens is warmed for a minute.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var common = new ConfigurationArguments();
        var command = new Command("reload", "Tells the running service to change to the bundle that is linked now, without losing a message.");
        common.AddTo(command);
        command.SetAction((result, cancellation) => RunAsync(common.Load(result), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(LoadedOptions loaded, CancellationToken cancellation)
    {
        var answer = await AskAsync(loaded.Options.Http, cancellation);
        var bundle = answer.GetProperty("bundle").GetString();
        if (answer.TryGetProperty("refused", out var refused))
        {
            Console.Error.WriteLine($"no: {bundle} serves on. {refused.GetString()}");
            return ExitCode.Refused;
        }
        Console.Out.WriteLine(answer.TryGetProperty("previous", out var previous)
            ? $"{bundle} serves now, after {previous.GetString()}"
            : $"{bundle} is the bundle that is linked, and serves; nothing changed");
        return ExitCode.Done;
    }

    private static async Task<JsonElement> AskAsync(HttpOptions http, CancellationToken cancellation)
    {
        var address = new UriBuilder(Uri.UriSchemeHttp, http.Address, http.Port, ReloadEndpoint.Path).Uri;
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Limit };
        try
        {
            using var response = await client.PostAsync(address, content: null, cancellation);
            return JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellation));
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException)
        {
            throw new UserException(ExitCode.Environment,
                $"Http:Port: no edge-appliance answers at {address} ({failure.Message}). Start the service, or name its configuration " +
                "with --config FILE.", failure);
        }
    }
}
