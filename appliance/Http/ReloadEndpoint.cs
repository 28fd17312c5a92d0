using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Edge.Appliance.Reloading;

namespace Edge.Appliance.Http;

/// <summary><c>POST /bundle/reload</c>: changes to the bundle that is linked now and says how that went.</summary>
internal static class ReloadEndpoint
{
    /// <summary>Path of the endpoint.</summary>
    public const string Path = "/bundle/reload";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Answers 200 where the linked bundle serves, 409 where it was refused.</summary>
    public static async Task HandleAsync(HttpContext context, BundleReloader reloader)
    {
        var outcome = await reloader.ReloadAsync();
        context.Response.StatusCode = outcome.Refused is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
        context.Response.ContentType = ContentTypes.Json;
        await context.Response.WriteAsync(JsonSerializer.Serialize(outcome, Form) + "\n", context.RequestAborted);
    }

    /// <summary>Reads what it answers.</summary>
    /// <exception cref="JsonException">That is no answer of this endpoint.</exception>
    public static ReloadOutcome Read(string answer) =>
        JsonSerializer.Deserialize<ReloadOutcome>(answer, Form) ?? throw new JsonException("the answer is empty");
}
