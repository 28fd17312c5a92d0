using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Edge.Appliance.Mqtt;
using Edge.Bundles.Common;

namespace Edge.Bench.Mqtt;

/// <summary>
/// A broker and an appliance of our own on free loopback ports, so that nothing of a box in service is touched; gone when disposed.
/// </summary>
internal sealed class PrivateAppliance : IDisposable
{
    private static readonly string[] Folders = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin"];

    // Nothing of a measurement may be dropped.
    private const string Settings = "max_queued_messages 0\nset_tcp_nodelay true\nuser root\n";

    private readonly DirectoryInfo _folder;
    private readonly List<(string Name, Process Process, Task<string> Errors)> _programs = [];
    private readonly CancellationTokenSource _ended = new(); // not disposed: word of an end may still be on its way

    /// <summary>Starts both.</summary>
    /// <param name="bundle">Directory of the bundle.</param>
    /// <exception cref="UserException">There is no mosquitto.</exception>
    public PrivateAppliance(string bundle)
    {
        var mosquitto = Folders.Select(folder => Path.Combine(folder, "mosquitto")).FirstOrDefault(File.Exists)
            ?? throw new UserException(ExitCode.Environment,
                "There is no mosquitto on this box: apt-get install mosquitto, or measure a running appliance with --broker HOST:PORT.");
        Broker = new BrokerAddress("127.0.0.1", FreePort());
        HttpPort = FreePort();
        _folder = Directory.CreateTempSubdirectory("edge-bench-mqtt-");
        try
        {
            StartBoth(mosquitto, bundle);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The broker.</summary>
    public BrokerAddress Broker { get; }

    /// <summary>Port of the appliance's HTTP endpoint, on loopback.</summary>
    public int HttpPort { get; }

    /// <summary>The appliance's process.</summary>
    public int ProcessId => _programs[1].Process.Id;

    /// <summary>Cancelled when one of them ends.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Which of them ended, and what it said last; <c>null</c> while both run.</summary>
    public UserException? Failure()
    {
        foreach (var (name, process, errors) in _programs.Where(program => program.Process.HasExited))
            return new UserException(process.ExitCode == ExitCode.BadInput ? ExitCode.BadInput : ExitCode.Environment,
                $"{name} ended with code {process.ExitCode}: {errors.Result.Trim()}");
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, process, _) in _programs)
        {
            process.EnableRaisingEvents = false;
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
        _folder.Delete(recursive: true);
    }

    private void StartBoth(string mosquitto, string bundle)
    {
        var configuration = Path.Combine(_folder.FullName, "mosquitto.conf");
        // As root, mosquitto would change to a user who cannot read the folder.
        File.WriteAllText(configuration,
            string.Create(CultureInfo.InvariantCulture,
                $"listener {Broker.Port} {Broker.Host}\nallow_anonymous true\npersistence false\n{Settings}"));
        Start("the broker", mosquitto, ["-c", configuration]);
        string[] settings = [$"Mqtt:Port={Broker.Port.ToString(CultureInfo.InvariantCulture)}",
            $"Http:Port={HttpPort.ToString(CultureInfo.InvariantCulture)}",
            $"UncertainCases:File={Path.Combine(_folder.FullName, "uncertain.db")}"];
        Start("the appliance", Path.Combine(AppContext.BaseDirectory, "edge-appliance"),
            ["serve", "--bundle", Path.GetFullPath(bundle), .. settings.SelectMany(setting => new[] { "--set", setting })]);
    }

    private void Start(string name, string file, IEnumerable<string> arguments)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(file, arguments)
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                WorkingDirectory = _folder.FullName,
                Environment = { ["TMPDIR"] = _folder.FullName }, // killed, .NET leaves its diagnostic sockets there
            },
            EnableRaisingEvents = true,
        };
        process.Exited += (_, _) => _ended.Cancel();
        process.Start();
        process.OutputDataReceived += (_, _) => { }; // read, so that it never waits for us
        process.BeginOutputReadLine();
        _programs.Add((name, process, process.StandardError.ReadToEndAsync()));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
