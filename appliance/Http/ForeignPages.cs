namespace Edge.Appliance.Http;

/// <summary>
/// Refuses what a page of another site sends from a browser on this machine: a browser may post anywhere without asking, and names the
/// page's origin when it does. Programs name none.
/// </summary>
internal static class ForeignPages
{
    /// <summary>The middleware.</summary>
    public static Task RefuseAsync(HttpContext context, RequestDelegate next)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || origin == $"{context.Request.Scheme}://{context.Request.Host}")
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
