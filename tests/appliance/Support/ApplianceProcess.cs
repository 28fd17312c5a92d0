using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Edge.Appliance.Tests.Support;

/// <summary>The built edge-appliance, as a process of its own.</summary>
internal sealed class ApplianceProcess : IAsyncDisposable
{
    /// <summary>Longest wait for anything in these tests: far beyond what a loaded machine needs.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<(string Part, TaskCompletionSource<string> Signal)> _waiting = [];

    private ApplianceProcess(Process process) => _process = process;

    public HttpClient Http { get; private set; } = new();

    /// <summary>All output so far, standard output and error together.</summary>
    public string Output
    {
        get
        {
            lock (_lock)
                return string.Join('\n', _lines);
        }
    }

    /// <summary>Starts any command.</summary>
    public static ApplianceProcess Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        // A shell without job control ignores SIGINT in what it starts, and so would the appliance.
        var start =
            new ProcessStartInfo("env", ["--default-signal=INT", Path.Combine(AppContext.BaseDirectory, "edge-appliance"), .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true, // a service, whatever terminal the tests run on
                // Nothing of the tester's own configuration.
                WorkingDirectory = Path.GetTempPath(),
            };
        start.Environment.Remove("EDGE_BUNDLE");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var appliance = new ApplianceProcess(new Process { StartInfo = start });
        appliance._process.OutputDataReceived += (_, args) => appliance.Receive(args.Data);
        appliance._process.ErrorDataReceived += (_, args) => appliance.Receive(args.Data);
        appliance._process.Start();
        appliance._process.BeginOutputReadLine();
        appliance._process.BeginErrorReadLine();
        return appliance;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        await using var appliance = Start(arguments);
        return (await appliance.WaitForExitAsync(), appliance.Output);
    }

    /// <summary>Starts serve and waits until it serves. Settings are given as KEY=VALUE.</summary>
    public static async Task<ApplianceProcess> ServeAsync(
        string bundle, int? brokerPort, string database, IEnumerable<string>? settings = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        string[] broker = brokerPort is { } port ? [$"Mqtt:Port={port}"] : ["Mqtt:Enabled=false"];
        string[] all =
            ["Http:Port=0", "Mqtt:ReconnectDelayMax=200ms", "Host=test", $"UncertainCases:File={database}", .. broker, .. settings ?? []];
        var appliance = Start(["serve", "--bundle", bundle, .. all.SelectMany(setting => new[] { "--set", setting })], environment);
        var line = await appliance.WaitForLineAsync(" serves bundle ");
        appliance.Http =
            new HttpClient { BaseAddress = new Uri(line[line.LastIndexOf("http://", StringComparison.Ordinal)..].Trim()), Timeout = Limit };
        return appliance;
    }

    /// <summary>Waits for a line that has been or will be written.</summary>
    public async Task<string> WaitForLineAsync(string part)
    {
        TaskCompletionSource<string> signal = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_lines.Find(line => line.Contains(part, StringComparison.Ordinal)) is { } line)
                return line;
            _waiting.Add((part, signal));
        }
        var ended = _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (await Task.WhenAny(signal.Task, ended, Task.Delay(Limit, TestContext.Current.CancellationToken)) != signal.Task
            && !signal.Task.IsCompleted)
            Assert.Fail($"edge-appliance never wrote '{part}'. It wrote:\n{Output}");
        return await signal.Task;
    }

    public void Terminate() => Signal(PosixSignal.SIGTERM, 15);

    public void Interrupt() => Signal(PosixSignal.SIGINT, 2);

    public void HangUp() => Signal(PosixSignal.SIGHUP, 1);

    /// <summary>Codes of the health warnings in force.</summary>
    public async Task<List<string>> GetWarningsAsync() =>
        [.. (await GetReadinessAsync()).Body.GetProperty("warnings").EnumerateArray()
            .Select(warning => warning.GetProperty("code").GetString()!)];

    /// <summary>SIGKILL: no last words.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitForExitAsync();
    }

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit);
        return _process.ExitCode;
    }

    public async Task<(int Status, JsonElement Body)> GetReadinessAsync()
    {
        using var response = await Http.GetAsync(new Uri("/readyz", UriKind.Relative), TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    /// <summary>Value of a metric, its labels included in the name.</summary>
    public async Task<double> GetMetricAsync(string name)
    {
        var text = await Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        var line = text.Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return double.Parse(line[(name.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        _process.Dispose();
        Http.Dispose();
    }

    private void Signal(PosixSignal signal, int number)
    {
        using var kill = Process.Start("kill", [$"-{number}", $"{_process.Id}"]);
        kill.WaitForExit();
        Assert.True(kill.ExitCode == 0, $"{signal} was not sent");
    }

    private void Receive(string? line)
    {
        if (line is null)
            return;
        lock (_lock)
        {
            _lines.Add(line);
            foreach (var (part, signal) in _waiting)
            {
                if (line.Contains(part, StringComparison.Ordinal))
                    signal.TrySetResult(line);
            }
        }
    }
}
