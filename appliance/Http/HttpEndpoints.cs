using Edge.Appliance.Answering;
using Edge.Appliance.Health;
using Edge.Appliance.Reloading;

namespace Edge.Appliance.Http;

/// <summary>
/// The HTTP side: <c>POST /analyze</c>, <c>POST /bundle/reload</c>, <c>/bundle/candidate</c>, <c>/livez</c>, <c>/readyz</c>,
/// <c>/metrics</c>.
/// </summary>
internal sealed class HttpEndpoints(
    Answerer answerer, UtteranceReader reader, ReadinessWriter readiness, PrometheusExporter prometheus, BundleReloader reloader,
    CandidateEndpoint candidate, Metrics metrics, TimeProvider time)
{
    private const string Line = "http";

    /// <summary>Maps the endpoints.</summary>
    public void Map(WebApplication app)
    {
        app.MapGet("/livez", context => RespondAsync(context, StatusCodes.Status200OK, ContentTypes.PlainText, "ok\n"u8.ToArray()));
        app.MapGet("/readyz", context =>
        {
            var (isReady, json) = readiness.Write();
            var status = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return RespondAsync(context, status, ContentTypes.Json, json);
        });
        app.MapGet("/metrics", context =>
        {
            context.Response.ContentType = PrometheusExporter.ContentType;
            return prometheus.WriteAsync(context.Response.Body, context.RequestAborted);
        });
        app.MapPost("/analyze", AnalyzeAsync);
        app.MapPost(ReloadEndpoint.Path, context => ReloadEndpoint.HandleAsync(context, reloader));
        app.MapGet(CandidateEndpoint.Path, candidate.HandleAsync);
    }

    private async Task AnalyzeAsync(HttpContext context)
    {
        var received = time.GetTimestamp();
        using var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (BadHttpRequestException problem)
        {
            var code = problem.StatusCode == StatusCodes.Status413PayloadTooLarge ? ErrorCodes.BodyTooLarge : ErrorCodes.BadField;
            await FailAsync(context, problem.StatusCode, new UtteranceError(code, problem.Message));
            return;
        }
        if (!reader.TryRead(body.GetBuffer().AsSpan(0, (int)body.Length), FormOf(context.Request), out var utterance, out var error))
        {
            await FailAsync(context, StatusCodes.Status400BadRequest, error);
            return;
        }
        try
        {
            if (await answerer.TryAnswerAsync(Line, utterance, received) is { } answer)
            {
                await RespondAsync(context, StatusCodes.Status200OK, ContentTypes.Json, answer.Json);
                return;
            }
            context.Response.Headers.RetryAfter = "1";
            await FailAsync(context, StatusCodes.Status503ServiceUnavailable,
                new UtteranceError(ErrorCodes.Overloaded, "the queue is full; try again", utterance.Id));
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            await FailAsync(context, StatusCodes.Status503ServiceUnavailable,
                new UtteranceError(ErrorCodes.Overloaded, "the service is stopping; try again", utterance.Id));
        }
        catch (AnalysisException)
        {
            await FailAsync(context, StatusCodes.Status500InternalServerError,
                new UtteranceError(
                    ErrorCodes.AnalysisFailed, "the utterance could not be analysed; the appliance's log says why", utterance.Id));
        }
    }

    private static UtteranceForm FormOf(HttpRequest request) => request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "application/json" => UtteranceForm.Json,
        "text/plain" => UtteranceForm.PlainText,
        _ => UtteranceForm.Either,
    };

    private Task FailAsync(HttpContext context, int status, UtteranceError error)
    {
        metrics.CountError(error.Code);
        return RespondAsync(context, status, ContentTypes.Json, ErrorWriter.Write(error));
    }

    private static async Task RespondAsync(HttpContext context, int status, string contentType, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
