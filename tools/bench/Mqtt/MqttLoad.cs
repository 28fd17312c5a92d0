using System.Diagnostics;
using System.Text.Json;
using Edge.Appliance.Mqtt;
using Edge.Bench.Machine;
using Edge.Bench.Model;
using Edge.Bundles.Common;

namespace Edge.Bench.Mqtt;

/// <summary>
/// Callers that speak when they speak (Poisson), whether or not earlier ones have been answered; times count from when an
/// utterance was due.
/// </summary>
internal static class MqttLoad
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10); // behind the last utterance

    /// <summary>What callers usually say.</summary>
    public static string[] UsualTexts { get; } =
        ["帮我查一下昨天买的东西怎么还没有", "我要退款", "套餐改成每月五十九的那个,谢谢", "please check where my parcel is"];

    /// <summary>Sends utterances for a while and waits for their answers.</summary>
    /// <param name="client">Connection to the broker.</param>
    /// <param name="texts">Utterances, taken in turns.</param>
    /// <param name="perSecond">Mean rate.</param>
    /// <param name="duration">How long.</param>
    /// <param name="seed">Seed of the gaps.</param>
    /// <param name="judge">Is given each text with its answer, on any thread.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="UserException">The connection was lost.</exception>
    public static async Task<LoadResult> RunAsync(
        AskingClient client, IReadOnlyList<string> texts, double perSecond, TimeSpan duration, int seed,
        Action<string, JsonElement>? judge, CancellationToken cancellation)
    {
        var due = Arrivals.Poisson(perSecond, duration, seed);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var asked = await Task.Factory.StartNew(Send, limit.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        limit.CancelAfter(Patience);
        var replies = await Task.WhenAll(asked);
        cancellation.ThrowIfCancellationRequested();

        Reply[] answers = [.. replies.OfType<Reply>().Where(reply => reply.InAppliance is not null)];
        return new LoadResult(
            due.Length, replies.Count(reply => reply is { InAppliance: null }), [.. answers.Select(answer => answer.Milliseconds)],
            [.. answers.Select(answer => answer.InAppliance!.Value)]);

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
                if (!answer.RootElement.TryGetProperty("latencyMs", out var latency))
                    return new Reply(took, null);
                judge?.Invoke(text, answer.RootElement);
                return new Reply(took, latency.GetDouble());
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
