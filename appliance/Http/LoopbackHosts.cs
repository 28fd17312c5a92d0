using System.Net;

namespace Edge.Appliance.Http;

/// <summary>
/// Refuses requests whose Host header is not this machine: a page in a browser on this machine could otherwise reach the
/// loopback endpoint under a name of its own (DNS rebinding).
/// </summary>
internal static class LoopbackHosts
{
    /// <summary>The middleware.</summary>
    public static Task RefuseOthersAsync(HttpContext context, RequestDelegate next)
    {
        var host = context.Request.Host.Host.Trim('[', ']');
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return Task.CompletedTask;
    }
}
