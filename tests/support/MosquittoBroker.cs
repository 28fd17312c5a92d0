using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Edge.Tests.Support;

/// <summary>
/// A real mosquitto on a free loopback port, with its own configuration and folder; both are gone when it is disposed.
/// </summary>
/// <example><code>
/// await using var broker = await MosquittoBroker.StartAsync("max_inflight_messages 5");
/// var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).Build();
/// </code></example>
public sealed class MosquittoBroker : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly StringBuilder _log = new();
    private readonly string _configuration;
    private Process? _process;

    private MosquittoBroker(string folder, int port, string configuration)
    {
        Folder = folder;
        Port = port;
        _configuration = configuration;
    }

    /// <summary>Null where mosquitto is not installed: skip the test by <see cref="SkipUnlessInstalled"/>.</summary>
    public static string? Executable { get; } =
        new[] { "/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin" }.Select(d => $"{d}/mosquitto").FirstOrDefault(File.Exists);

    public int Port { get; }

    /// <summary>Holds the configuration, and whatever files a test puts there before <see cref="RestartAsync"/>.</summary>
    public string Folder { get; }

    /// <summary>What mosquitto has logged so far, log_type all.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    public static void SkipUnlessInstalled() =>
        Assert.SkipUnless(Executable != null, "mosquitto is not installed; ./build.sh deps, or apt-get install mosquitto.");

    /// <param name="configuration">
    /// Further lines of mosquitto.conf. "{folder}" becomes the broker's folder. Without "allow_anonymous" anybody may connect.
    /// </param>
    /// <param name="prepare">Writes files that the configuration names into the folder.</param>
    public static async Task<MosquittoBroker> StartAsync(string configuration = "", Action<string>? prepare = null)
    {
        SkipUnlessInstalled();
        var folder = Directory.CreateTempSubdirectory("edge-mosquitto-").FullName;
        prepare?.Invoke(folder);
        for (var attempt = 1; ; attempt++)
        {
            // Another process may take the port between the look and the start: then try another one.
            var broker = new MosquittoBroker(folder, FreePort(), configuration);
            try
            {
                await broker.RestartAsync();
                return broker;
            }
            catch (InvalidOperationException) when (attempt < 3 && broker.Log.Contains("Address already in use", StringComparison.Ordinal))
            {
                await broker.KillAsync();
            }
            catch
            {
                await broker.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Kills the broker and starts it at the same port: it has lost everything that its configuration does not persist.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        var file = Path.Combine(Folder, "mosquitto.conf");
        var anonymous = _configuration.Contains("allow_anonymous", StringComparison.Ordinal) ? "" : "allow_anonymous true\n";
        var further = _configuration.Replace("{folder}", Folder, StringComparison.Ordinal);
        // As root, mosquitto would change to a user who cannot read the folder.
        await File.WriteAllTextAsync(
            file, $"listener {Port} 127.0.0.1\n{anonymous}log_dest stderr\nlog_type all\nuser root\n{further}\n");

        var start = new ProcessStartInfo(Executable!, ["-c", file]) { RedirectStandardError = true, RedirectStandardOutput = true };
        _process = new Process { StartInfo = start };
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.ErrorDataReceived += (_, e) =>
        {
            lock (_log)
                _log.AppendLine(e.Data);
            if (e.Data == null || e.Data.EndsWith(" running", StringComparison.Ordinal))
                running.TrySetResult();
        };
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        await running.Task.WaitAsync(StartLimit);
        if (_process.HasExited || !await AcceptsAsync())
            throw new InvalidOperationException($"mosquitto did not start:\n{Log}");
    }

    /// <summary>SIGKILL: connections break without a word.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A port that nobody listened on a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AcceptsAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
