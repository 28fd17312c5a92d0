using System.Text.Json;
using Edge.Appliance.Analysis;
using Edge.Appliance.Configuration;
using Edge.Appliance.Shadowing;
using Edge.Bundles.Common;
using Edge.Bundles.Links;

namespace Edge.Appliance.Http;

/// <summary><c>GET /bundle/candidate</c>: what would change if the candidate served.</summary>
internal sealed class CandidateEndpoint(ApplianceOptions options, ShadowQueue shadow, BundleInService inService)
{
    /// <summary>Path of the endpoint.</summary>
    public const string Path = "/bundle/candidate";

    /// <summary>Answers 200 with the report, 404 where no candidate is tried.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (shadow.Candidate is not { } candidate)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        try
        {
            var report = ShadowReport.Read(options.UncertainCases, new ShadowPair(candidate, inService.Current.Bundle.Id));
            context.Response.ContentType = ContentTypes.Json;
            await context.Response.WriteAsync(JsonSerializer.Serialize(report, BundleHistory.Json) + "\n", context.RequestAborted);
        }
        catch (UserException problem)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync(problem.Message + "\n", context.RequestAborted);
        }
    }
}
