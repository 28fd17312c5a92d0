using Edge.Bench.Machine;
using Edge.Bundles.Common;
using Edge.Tests.Support;

namespace Edge.Bench.Tests.Machine;

public sealed class MosquittoFileTests : IDisposable
{
    private static readonly string Packaged = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "edge.conf"));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-bench-mosquitto-test-");

    private string Main => Path.Combine(_folder.FullName, "mosquitto.conf");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Read_DefaultsOfMosquitto_NamesEverySettingThatLosesMessages()
    {
        Assert.Equal(
            ["persistence", "persistence_location", "autosave_interval", "max_queued_messages", "max_inflight_messages", "set_tcp_nodelay"],
            Wrong("# max_queued_messages 0\n\nlistener 1883\n"));
        var queued = MosquittoFile.Read(Main)!.Settings.Single(setting => setting.Name == "max_queued_messages");
        Assert.Equal("1000 (not set)", queued.Found);
        Assert.Contains("put 'max_queued_messages 1000000' there", queued.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PackagedSnippetBesideDebiansFile_IsRight() =>
        Assert.Empty(Wrong("persistence true\npersistence_location /var/lib/mosquitto/\ninclude_dir {folder}/conf.d\n", Packaged));

    [Theory]
    [InlineData("max_queued_messages 1000")]
    [InlineData("max_queued_messages 99999")]
    [InlineData("max_queued_bytes 1000000")]
    [InlineData("max_inflight_messages\t20")]
    [InlineData("max_inflight_bytes 1000")]
    [InlineData("message_size_limit 1000")]
    [InlineData("max_packet_size 100000")]
    [InlineData("memory_limit 1000000")]
    [InlineData("max_qos 0")]
    [InlineData("persistent_client_expiration 12h")]
    [InlineData("queue_qos0_messages true")]
    [InlineData("retain_available false")]
    [InlineData("sys_interval 0")]
    [InlineData("autosave_interval 0")]
    [InlineData("persistence false")]
    [InlineData("set_tcp_nodelay false")]
    public void Read_LastLineThatIsWrong_IsNamed(string line) => Assert.Equal(
        [line.Split(' ', '\t')[0]],
        Wrong($"persistence_location /var/lib/mosquitto/\ninclude_dir {{folder}}/conf.d\n {line} \n", Packaged));

    [Theory]
    [InlineData("max_queued_messages 0")]
    [InlineData("max_inflight_messages 0")]
    [InlineData("max_packet_size 268435456")]
    [InlineData("persistent_client_expiration 1d")]
    [InlineData("persistent_client_expiration 2w")]
    public void Read_LineThatIsRight_IsNot(string line) =>
        Assert.Empty(Wrong($"persistence_location /var/lib/mosquitto/\ninclude_dir {{folder}}/conf.d\n{line}", Packaged));

    [Fact]
    public void Read_FileThatIsNotThere_IsAnErrorWhereItWasNamed()
    {
        var problem = Assert.Throws<UserException>(() => MosquittoFile.Read(Main));
        Assert.Contains("--mosquitto FILE", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PackagedSnippet_IsTakenByMosquitto()
    {
        await using var broker = await MosquittoBroker.StartAsync(Packaged + "\npersistence_location {folder}/\n");
        Assert.Contains("running", broker.Log, StringComparison.Ordinal);
    }

    private List<string> Wrong(string main, string? more = null)
    {
        File.WriteAllText(Main, main.Replace("{folder}", _folder.FullName, StringComparison.Ordinal));
        if (more is not null)
            File.WriteAllText(Path.Combine(_folder.CreateSubdirectory("conf.d").FullName, "edge.conf"), more);
        return [.. MosquittoFile.Read(Main)!.Settings.Where(setting => !setting.IsRight).Select(setting => setting.Name)];
    }
}
