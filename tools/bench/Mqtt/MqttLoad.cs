using System.Diagnostics;
using Edge.Appliance.Mqtt;
using Edge.Bench.Machine;
using Edge.Bench.Model;
using Edge.Bench.Statistics;
using Edge.Bundles.Common;

namespace Edge.Bench.Mqtt;

/// <summary>
/// Callers that speak when they speak (Poisson), whether or not earlier ones have been answered; times count from when an
/// utterance was due.
/// </summary>
internal static class MqttLoad
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10); // behind the last utterance

    /// <summary>Sends utterances for a while and waits for their answers.</summary>
    /// <param name="client">Connection to the broker.</param>
    /// <param name="texts">Utterances, taken in turns.</param>
    /// <param name="perSecond">Mean rate.</param>
    /// <param name="duration">How long.</param>
    /// <param name="seed">Seed of the gaps.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="UserException">The connection was lost.</exception>
    public static async Task<RateTrial> RunAsync(
        AskingClient client, IReadOnlyList<string> texts, double perSecond, TimeSpan duration, int seed, CancellationToken cancellation)
    {
        var due = Arrivals.Poisson(perSecond, duration, seed);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var asked = await Task.Factory.StartNew(Send, limit.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        limit.CancelAfter(Patience);
        var replies = await Task.WhenAll(asked);
        cancellation.ThrowIfCancellationRequested();

        Reply[] answers = [.. replies.OfType<Reply>().Where(reply => reply.InAppliance is not null)];
        return new RateTrial(
            perSecond, due.Length, answers.Length, replies.Count(reply => reply is { InAppliance: null }),
            answers.Length == 0 ? null : Percentiles.Of(answers.Select(answer => answer.Milliseconds)),
            answers.Length == 0 ? null : PercentileInterval.Of(answers.Select(answer => answer.Milliseconds), 0.99),
            answers.Length == 0 ? null : Percentiles.Of(answers.Select(answer => answer.InAppliance!.Value)));

        Task<Reply?>[] Send()
        {
            var start = Stopwatch.GetTimestamp();
            var all = new Task<Reply?>[due.Length];
            for (var i = 0; i < due.Length && !limit.IsCancellationRequested; i++)
            {
                all[i] = AskAsync(texts[i % texts.Count], Clock.WaitUntil(start, due[i], limit.Token));
            }
            return [.. all.Where(task => task is not null)];
        }

        async Task<Reply?> AskAsync(string text, long at)
        {
            try
            {
                using var answer = await client.AskAsync("bench", text, limit.Token);
                var took = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
                return new Reply(took, answer.RootElement.TryGetProperty("latencyMs", out var latency) ? latency.GetDouble() : null);
            }
            catch (UserException) when (limit.IsCancellationRequested)
            {
                return null; // not answered in time
            }
        }
    }

    /// <param name="Milliseconds">From due to the reply.</param>
    /// <param name="InAppliance">Of that in the appliance; <c>null</c>: the reply is an error.</param>
    private sealed record Reply(double Milliseconds, double? InAppliance);
}
