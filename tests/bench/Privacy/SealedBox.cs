using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Edge.Bench.Tests.Privacy;

/// <summary>
/// A box without network in which everything that programs send or write can be seen: a network namespace with a name server that
/// answers every name, a default route that leads nowhere, and a root file system whose changes land in a layer of their own
/// (namespaces(7), overlayfs). Programs run in it with an empty HOME and without CI in their environment.
/// </summary>
internal sealed class SealedBox : IAsyncDisposable
{
    // Everything behind the default route; a name that was asked for would lead there (RFC 5737).
    private const string Route = "192.0.2.1";

    private readonly ConcurrentQueue<string> _names = new();
    private readonly BlockingCollection<Packet> _packets = [];
    private readonly List<Thread> _watchers = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-sealed-");
    private readonly HashSet<(string Entry, DateTime Written, UnixFileMode Mode)> _seen = [];
    private Socket? _fence;
    private Process? _holder;
    private volatile bool _closed;

    /// <summary>The only folder that programs were given; outside and inside it has the same path.</summary>
    public string Given => Path.Combine(_folder.FullName, "given");

    private string Layer => $"/proc/{_holder!.Id}/root{_folder.FullName}/box";

    private string Home => Path.Combine(_folder.FullName, "home");

    /// <summary>An IP packet that was sent.</summary>
    /// <param name="Protocol">IP protocol: 6 TCP, 17 UDP.</param>
    /// <param name="Destination">Address and port.</param>
    /// <param name="Source">Port that it came from.</param>
    public sealed record Packet(int Protocol, IPEndPoint Destination, int Source);

    /// <summary>What a program sent and wrote.</summary>
    /// <param name="Names">Names that were asked for.</param>
    /// <param name="Packets">Packets.</param>
    /// <param name="Written">Files and folders outside <see cref="Given"/>: written, changed or deleted.</param>
    public sealed record Traces(IReadOnlyList<string> Names, IReadOnlyList<Packet> Packets, IReadOnlyList<string> Written);

    /// <summary>Null where such a box can be made; otherwise why not.</summary>
    public static string? Obstacle() =>
        Environment.UserName != "root" ? "namespaces need root"
        : !OperatingSystem.IsLinux() ? "namespaces are Linux's"
        : Tools.Find(tool => !File.Exists($"/usr/bin/{tool}") && !File.Exists($"/usr/sbin/{tool}")) is { } missing
            ? $"{missing} is not installed"
        : RunShell("unshare --net --mount ip link add probe0 type veth") is { Code: not 0 } refused
            ? $"this kernel refuses: {refused.Errors.Trim()}"
        : null;

    private static List<string> Tools { get; } = ["unshare", "nsenter", "ip", "mount", "chroot"];

    public static async Task<SealedBox> CreateAsync()
    {
        var box = new SealedBox();
        try
        {
            await box.OpenAsync();
            return box;
        }
        catch
        {
            await box.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a program in the box.</summary>
    public Process Start(params string[] command) => Process.Start(new ProcessStartInfo(
        "nsenter",
        [
            "-t", $"{_holder!.Id}", "--net", "--mount", "chroot", $"{_folder.FullName}/box/merged",
            "env", "-i", "-C", Given, $"HOME={Home}", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "OMP_NUM_THREADS=1", "DOTNET_TieredPGO=0",
            $"DOTNET_ROOT={Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."))}", .. command,
        ])
    { RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>Runs a program in the box to its end.</summary>
    public async Task<Programs.Result> RunAsync(params string[] command)
    {
        using var process = Start(command);
        return await EndOfAsync(process);
    }

    /// <summary>What a program that was started said, once it has ended.</summary>
    public static async Task<Programs.Result> EndOfAsync(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Programs.Result(process.ExitCode, output, await errors);
    }

    /// <summary>All that was sent and written since the last call.</summary>
    public Traces TakeTraces()
    {
        // Whatever was sent before the fence has been seen once it is: loopback shows it twice, as it is sent and as it arrives.
        var seen = new List<Packet>();
        var fence = _fence!.LocalEndPoint!;
        for (var n = 0; n < 2;)
        {
            if (n == 0)
                _fence.SendTo([0], fence);
            while (n < 2 && _packets.TryTake(out var packet, TimeSpan.FromSeconds(5)))
            {
                if (packet.Destination.Equals(fence))
                    n++;
                else
                    seen.Add(packet);
            }
        }
        var layer = $"{Layer}/upper";
        var written = Directory.EnumerateFileSystemEntries(layer, "*", SearchOption.AllDirectories)
            .Where(entry => !(Directory.Exists(entry) && Directory.Exists(entry[layer.Length..]))) // a folder on the way to a change
            .Where(entry => _seen.Add((entry, File.GetLastWriteTimeUtc(entry), new FileInfo(entry).UnixFileMode)))
            .Select(entry => entry[layer.Length..]).Where(entry => entry != "/etc/resolv.conf").ToList();
        var names = new List<string>();
        while (_names.TryDequeue(out var name))
            names.Add(name);
        return new Traces(names, seen, written);
    }

    public async ValueTask DisposeAsync()
    {
        _closed = true;
        foreach (var watcher in _watchers)
            watcher.Join();
        _fence?.Dispose();
        if (_holder is { } holder)
        {
            holder.Kill(); // its namespaces end with it
            await holder.WaitForExitAsync(CancellationToken.None);
            holder.Dispose();
        }
        _folder.Delete(recursive: true);
    }

    private async Task OpenAsync()
    {
        Directory.CreateDirectory(Given);
        Directory.CreateDirectory(Home);
        // The kernel's own packets (neighbours, IPv6 routers) are kept out: those that are left are a program's.
        var script = $"""
            set -e
            ip link set lo up
            ip link add out0 type veth peer name out1
            for link in out0 out1; do echo 1 >/proc/sys/net/ipv6/conf/$link/disable_ipv6; done
            ip address add 192.0.2.2/24 dev out0
            ip link set out1 up arp off
            ip link set out0 up arp off
            ip route add default via {Route}
            cd {_folder.FullName}
            mkdir box
            mount -t tmpfs tmpfs box
            mkdir box/upper box/work box/merged
            mount -t overlay overlay -o lowerdir=/,upperdir=box/upper,workdir=box/work box/merged
            for system in proc dev sys; do mount --rbind /$system box/merged/$system; done
            mount --bind {Given} box/merged{Given}
            echo nameserver 127.0.0.1 >box/merged/etc/resolv.conf
            echo ready
            exec sleep infinity
            """;
        _holder = Process.Start(new ProcessStartInfo("unshare", ["--net", "--mount", "--propagation", "private", "bash", "-c", script])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        if (await _holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) != "ready")
            throw new InvalidOperationException(
                "the box could not be made: " + await _holder.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        InNamespace(() =>
        {
            const ProtocolType every = (ProtocolType)0x0300; // ETH_P_ALL in network order, packet(7)
            Watch(new Socket(AddressFamily.Packet, SocketType.Raw, every), See);
            Watch(Udp(53), Answer);
            _fence = Udp(9);
        });

        static Socket Udp(int port)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
    }

    // A frame of veth and of loopback: 14 bytes of Ethernet, then IP.
    private byte[]? See(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 34)
            return null;
        var ip = frame[14..];
        var v6 = ip[0] >> 4 == 6;
        var payload = v6 ? ip[40..] : ip[((ip[0] & 15) * 4)..];
        var protocol = v6 ? ip[6] : ip[9];
        var ports = protocol is 6 or 17 && payload.Length >= 4;
        var address = new IPAddress(v6 ? ip[24..40] : ip[16..20]);
        _packets.Add(new Packet(
            protocol, new IPEndPoint(address, ports ? (payload[2] << 8) | payload[3] : 0), ports ? (payload[0] << 8) | payload[1] : 0));
        return null;
    }

    // RFC 1035: the question again, and one address.
    private byte[]? Answer(ReadOnlySpan<byte> query)
    {
        var name = new List<string>();
        var at = 12;
        for (; query[at] != 0; at += query[at] + 1)
            name.Add(System.Text.Encoding.ASCII.GetString(query.Slice(at + 1, query[at])));
        _names.Enqueue(string.Join('.', name));
        var question = query[12..(at + 5)];
        byte[] head = [query[0], query[1], 0x81, 0x80, 0, 1, 0, question[^3] == 1 ? (byte)1 : (byte)0, 0, 0, 0, 0];
        byte[] address = question[^3] == 1 ? [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, .. IPAddress.Parse(Route).GetAddressBytes()] : [];
        return [.. head, .. question, .. address];
    }

    private delegate byte[]? Receive(ReadOnlySpan<byte> data);

    private void Watch(Socket socket, Receive receive)
    {
        var thread = new Thread(() =>
        {
            using (socket)
            {
                var buffer = new byte[65_536];
                while (!_closed)
                {
                    if (!socket.Poll(TimeSpan.FromMilliseconds(100), SelectMode.SelectRead))
                        continue;
                    EndPoint from = new IPEndPoint(IPAddress.Any, 0);
                    var length = socket.AddressFamily == AddressFamily.Packet
                        ? socket.Receive(buffer)
                        : socket.ReceiveFrom(buffer, ref from);
                    if (receive(buffer.AsSpan(0, length)) is { } answer)
                        socket.SendTo(answer, from);
                }
            }
        });
        thread.Start();
        _watchers.Add(thread);
    }

    // Sockets belong to the namespace of the thread that opens them (setns(2)).
    private void InNamespace(Action open)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle($"/proc/{_holder!.Id}/ns/net");
                if (SetNamespace(file, 0x40000000) != 0) // CLONE_NEWNET
                    throw new InvalidOperationException($"setns failed, errno {Marshal.GetLastPInvokeError()}");
                open();
            }
            catch (Exception problem)
            {
                failure = ExceptionDispatchInfo.Capture(problem);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    private static Programs.Result RunShell(string command)
    {
        using var process =
            Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return new Programs.Result(process.ExitCode, process.StandardOutput.ReadToEnd(), errors);
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNamespace(Microsoft.Win32.SafeHandles.SafeFileHandle file, int kind);
}
