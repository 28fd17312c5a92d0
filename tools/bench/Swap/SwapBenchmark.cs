using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Edge.Appliance.Mqtt;
using Edge.Bench.Common;
using Edge.Bench.Mqtt;
using Edge.Bench.Statistics;
using Edge.Bundles.Common;
using Edge.Bundles.Links;

namespace Edge.Bench.Swap;

/// <summary>
/// Changes a private appliance's bundle to and fro while callers speak (Poisson): turns without a change and turns with changes
/// follow each other, so that both meet the same box.
/// </summary>
internal sealed class SwapBenchmark : IDisposable
{
    private const int Turns = 5;
    private const double WarmUpPerSecond = 600;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-bench-swap-");
    private readonly string[] _bundles;
    private readonly PrivateAppliance _appliance;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
    private readonly ConcurrentDictionary<(string Bundle, string Text), string> _answers = new();
    private readonly ConcurrentDictionary<string, int> _byBundle = new();
    private readonly List<double> _swapTimes = [];
    private int _wrong;

    /// <summary>Starts broker and appliance.</summary>
    /// <param name="first">The bundle that serves first.</param>
    /// <param name="second">The other one.</param>
    public SwapBenchmark(string first, string second)
    {
        _bundles = [Path.GetFullPath(first), Path.GetFullPath(second)];
        BundleLink.Set(Current, _bundles[0]);
        _appliance = new PrivateAppliance(Current);
    }

    private string Current => Path.Combine(_folder.FullName, "current");

    private string Candidate => Path.Combine(_folder.FullName, "candidate");

    /// <summary>Measures.</summary>
    /// <param name="texts">Utterances, taken in turns.</param>
    /// <param name="perSecond">Mean rate.</param>
    /// <param name="swaps">Changes altogether; 0: instead, the other bundle is tried as a candidate in every second turn.</param>
    /// <param name="turn">How long a turn takes.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<SwapReport> RunAsync(
        IReadOnlyList<string> texts, double perSecond, int swaps, TimeSpan turn, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _appliance.Ended);
        try
        {
            await using var client = await AskingClient.ConnectAsync(_appliance.Broker, over.Token);
            Progress.Say("warming up");
            var seed = 1;
            foreach (var bundle in (string[])[_bundles[1], _bundles[0]])
            {
                await SwapAsync(bundle, over.Token);
                // More than the answers that are remembered (Analysis:RememberedAnswers): their memory is not that of changes.
                await MqttLoad.RunAsync(client, texts, WarmUpPerSecond, WarmUp, seed++, judge: null, over.Token);
            }
            _swapTimes.Clear();
            _byBundle.Clear();
            var before = ResidentMegabytes();
            List<LoadResult> quiet = [], changing = [];
            long? compared = null;
            for (var i = 0; i < Turns; i++)
            {
                Progress.Say($"turn {i + 1} of {Turns}: {perSecond:0.#} utterances a second, nothing changes");
                quiet.Add(await LoadAsync(turn));
                if (swaps == 0)
                {
                    await TryAsync(_bundles[1], over.Token);
                    Progress.Say($"turn {i + 1} of {Turns}: {perSecond:0.#} utterances a second, beside a candidate");
                    changing.Add(await LoadAsync(turn));
                    compared = await ComparedAsync(over.Token);
                    await TryAsync(null, over.Token);
                    continue;
                }
                var count = (swaps * (i + 1) / Turns) - (swaps * i / Turns);
                Progress.Say($"turn {i + 1} of {Turns}: {perSecond:0.#} utterances a second, {count} changes");
                changing.Add(await LoadWithSwapsAsync(count));
            }
            return new SwapReport(
                perSecond, _swapTimes.Count, _swapTimes.Count > 0 ? Percentiles.Of(_swapTimes) : null, compared,
                quiet.Concat(changing).Sum(load => load.Sent),
                quiet.Concat(changing).Sum(load => load.Sent - load.Milliseconds.Count), _wrong, _byBundle.ToDictionary(),
                Percentiles.Of(quiet.SelectMany(load => load.Milliseconds)), Percentiles.Of(changing.SelectMany(load => load.Milliseconds)),
                before, ResidentMegabytes());

            Task<LoadResult> LoadAsync(TimeSpan time) =>
                MqttLoad.RunAsync(client, texts, perSecond, time, seed++, Judge, over.Token);

            async Task<LoadResult> LoadWithSwapsAsync(int count)
            {
                var loading = LoadAsync(turn);
                var start = Stopwatch.StartNew();
                for (var i = 0; i < count; i++)
                {
                    // Evenly over the turn; where a change takes longer than that, one after the other.
                    var due = turn * i / count;
                    if (due > start.Elapsed)
                        await Task.Delay(due - start.Elapsed, over.Token);
                    await SwapAsync(_bundles[(_swapTimes.Count + 1) % 2], over.Token);
                }
                return await loading;
            }
        }
        catch (Exception failure) when (failure is UserException or OperationCanceledException && _appliance.Failure() is { } ended)
        {
            throw ended;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _appliance.Dispose();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task SwapAsync(string bundle, CancellationToken cancellation)
    {
        BundleLink.Set(Current, bundle);
        var start = Stopwatch.GetTimestamp();
        using var response = await _http.PostAsync(Address("/bundle/reload"), null, cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new UserException(
                ExitCode.BadInput, $"{bundle} was refused: {await response.Content.ReadAsStringAsync(cancellation)}");
        _swapTimes.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    // Until the appliance tries the candidate, or none any more.
    private async Task TryAsync(string? bundle, CancellationToken cancellation)
    {
        if (bundle is null)
            BundleLink.Remove(Candidate);
        else
            BundleLink.Set(Candidate, bundle);
        while (true)
        {
            using var response = await _http.GetAsync(Address("/bundle/candidate"), cancellation);
            if (response.IsSuccessStatusCode == bundle is not null)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
        }
    }

    private async Task<long> ComparedAsync(CancellationToken cancellation) =>
        JsonElement.Parse(await _http.GetStringAsync(Address("/bundle/candidate"), cancellation)).GetProperty("compared").GetInt64();

    private Uri Address(string path) =>
        new($"http://127.0.0.1:{_appliance.HttpPort.ToString(CultureInfo.InvariantCulture)}{path}");

    private void Judge(string text, JsonElement answer)
    {
        var bundle = answer.GetProperty("bundle").GetString()!;
        _byBundle.AddOrUpdate(bundle, 1, (_, count) => count + 1);
        // The confidences tell one bundle from another better than the labels do.
        var said = answer.GetProperty("confidence").GetRawText();
        if (_answers.GetOrAdd((bundle, text), said) != said)
            Interlocked.Increment(ref _wrong);
    }

    private double ResidentMegabytes()
    {
        using var process = Process.GetProcessById(_appliance.ProcessId);
        return process.WorkingSet64 / 1e6;
    }
}
