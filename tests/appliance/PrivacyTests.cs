using Edge.Appliance.Tests.Support;
using Edge.Tests.Support;

namespace Edge.Appliance.Tests;

public sealed class PrivacyTests(SharedBundles bundles)
{
    private const string Phone = "13812345678";

    [Fact]
    public async Task UncertainCase_IsStoredMasked_AndNeitherFileNorLogHoldsTheNumber()
    {
        using var folder = new TestFolder();
        var store = folder["uncertain.db"];
        await using var broker = await MosquittoBroker.StartAsync();
        await using var caller = await Caller.ConnectAsync(broker.Port);
        await using var appliance = await ApplianceProcess.ServeAsync(
            bundles.Uncertain, broker.Port, store, ["Logging:LogLevel:Default=Trace", "Logging:LogLevel:Microsoft=Warning"]);
        await caller.WaitUntilOnlineAsync();
        await caller.SayAsync($$"""{"id":"c-1","text":"我的手机号是{{Phone}},帮我查订单","context":"{{Phone}}对吗"}""", "7");
        await caller.SayAsync($$"""{"id":"c-2","text":{{Phone}}}""", "7");
        await caller.SayAsync($"我是{Phone}", "7");
        await caller.HearAsync("edge/error/7");
        await caller.HearAsync("edge/analysis/7");

        // Looked at while it runs, so that the write-ahead log is there, and after the stop.
        Assert.False(Database.HoldsBytes(store, Phone));
        appliance.Terminate();
        Assert.Equal(0, await appliance.WaitForExitAsync());
        Assert.False(Database.HoldsBytes(store, Phone));
        Assert.DoesNotContain(Phone, appliance.Output, StringComparison.Ordinal);

        var rows = Database.Query(store,
            "SELECT line, utterance_id, length(text), text, length(context), json_extract(answer, '$.id'), json_type(confidences, " +
            "'$.intent'), bundle <> '' FROM uncertain_case WHERE sender_id = 'c-1'");
        var row = Assert.Single(rows).Split('|');
        Assert.Equal(["7", "c-1", "23"], row[..3]);
        Assert.StartsWith("我的手机号是1", row[3], StringComparison.Ordinal);
        Assert.EndsWith(",帮我查订单", row[3], StringComparison.Ordinal);
        Assert.Equal(["13", "c-1", "real", "1"], row[4..]);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(store));
    }

    [Fact]
    public async Task Password_IsReadFromItsFile_AndNeverLogged()
    {
        const string password = "geheim-4711";
        using var folder = new TestFolder();
        var file = folder.Write("password", password + "\n");
        await using var broker =
            await MosquittoBroker.StartAsync("allow_anonymous false\npassword_file {folder}/users\n", prepare: broker =>
        {
            using var tool =
                System.Diagnostics.Process.Start("mosquitto_passwd", ["-b", "-c", Path.Combine(broker, "users"), "edge", password]);
            tool.WaitForExit();
        });
        await using var appliance = await ApplianceProcess.ServeAsync(
            bundles.Certain, broker.Port, folder["uncertain.db"],
            ["Mqtt:UserName=edge", $"Mqtt:PasswordFile={file}", "Logging:LogLevel:Default=Trace"]);
        await appliance.WaitForLineAsync("Connected to the broker");
        Assert.DoesNotContain(password, appliance.Output, StringComparison.Ordinal);

        File.WriteAllText(file, "wrong");
        await broker.RestartAsync();
        await appliance.WaitForLineAsync("check Mqtt:UserName and the file of Mqtt:PasswordFile");
        Assert.Equal(503, (await appliance.GetReadinessAsync()).Status);
    }
}
