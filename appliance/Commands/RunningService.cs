using System.Text.Json;
using Edge.Appliance.Configuration;
using Edge.Appliance.Http;
using Edge.Appliance.Reloading;

namespace Edge.Appliance.Commands;

/// <summary>The service that runs with a configuration, asked over its HTTP endpoint.</summary>
internal sealed class RunningService(HttpOptions options)
{
    // A large model of 512 tokens is warmed for a minute.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Where it answers.</summary>
    public Uri Address { get; } = new UriBuilder(Uri.UriSchemeHttp, options.Address, options.Port, ReloadEndpoint.Path).Uri;

    /// <summary>Why the last request was not answered.</summary>
    public string Silence { get; private set; } = "";

    /// <summary>Lets it change to the bundle that is linked now; null where no appliance answers.</summary>
    public async Task<ReloadOutcome?> ReloadAsync(CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Limit };
        try
        {
            using var response = await client.PostAsync(Address, content: null, cancellation);
            return ReloadEndpoint.Read(await response.Content.ReadAsStringAsync(cancellation));
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException)
        {
            Silence = failure.Message;
            return null;
        }
    }
}
