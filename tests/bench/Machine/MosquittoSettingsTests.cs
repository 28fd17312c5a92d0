using Edge.Bench.Machine;

namespace Edge.Bench.Tests.Machine;

public sealed class MosquittoSettingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-bench-mosquitto-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(null, null, null)] // no broker here
    [InlineData("persistence true", null, false)]
    [InlineData("# set_tcp_nodelay true", null, false)]
    [InlineData(" set_tcp_nodelay\ttrue ", null, true)]
    [InlineData("persistence true", "set_tcp_nodelay true", true)]
    [InlineData("set_tcp_nodelay true", "set_tcp_nodelay false", false)]
    public void SendsAtOnce_Configuration_IsWhatItsLastLineSays(string? main, string? more, bool? expected)
    {
        if (main is not null)
            File.WriteAllText(Path.Combine(_folder.FullName, "mosquitto.conf"), main);
        if (more is not null)
            File.WriteAllText(Path.Combine(_folder.CreateSubdirectory("conf.d").FullName, "edge.conf"), more);

        Assert.Equal(expected, MosquittoSettings.SendsAtOnce(_folder.FullName));
    }
}
