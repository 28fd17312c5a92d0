using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Edge.Appliance.Reloading;

namespace Edge.Appliance.Http;

/// <summary><c>POST /bundle/reload</c>: changes to the bundle that is linked now and says how that went.</summary>
internal static class ReloadEndpoint
{
    /// <summary>Path of the endpoint.</summary>
    public const string Path = "/bundle/reload";

    private static readonly JsonSerializerOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers 200 where the linked bundle serves, 409 where it was refused.</summary>
    public static async Task HandleAsync(HttpContext context, BundleReloader reloader)
    {
        var outcome = await reloader.ReloadAsync();
        var json = new JsonObject { ["bundle"] = outcome.Bundle };
        if (outcome.Previous is not null)
            json["previous"] = outcome.Previous;
        if (outcome.Refusal is not null)
            json["refused"] = outcome.Refusal;
        context.Response.StatusCode = outcome.Refusal is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
        context.Response.ContentType = HttpEndpoints.Json;
        await context.Response.WriteAsync(json.ToJsonString(Form) + "\n", context.RequestAborted);
    }
}
