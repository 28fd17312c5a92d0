using System.Collections;
using Edge.Appliance.Configuration;
using Edge.Appliance.Tests.Support;
using Edge.Bundles.Common;

namespace Edge.Appliance.Tests.Configuration;

public sealed class OptionsLoaderTests : IDisposable
{
    private static readonly Hashtable NoEnvironment = [];
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_TakesFileThenEnvironmentThenCommandLine()
    {
        var file = _folder.Write("appliance.json", """
            {
              // comments are allowed
              "Bundle": "a",
              "Mqtt": { "Host": "file", "Port": 1884, "SessionExpiry": "2d", "Tls": { "Enabled": true } },
              "Analysis": { "Workers": 3 },
              "Logging": { "LogLevel": { "Default": "Debug" } }
            }
            """);
        var environment = new Hashtable { ["EDGE_BUNDLE"] = "b", ["EDGE_Mqtt__Host"] = "environment", ["EDGE_OTHER"] = "ignored" };

        var loaded = OptionsLoader.Load(file, [new Setting("--set", "mqtt:port", "1885")], environment: environment);

        Assert.Equal("b", loaded.Options.Bundle);
        Assert.Equal("environment EDGE_BUNDLE", loaded.BundlePlace);
        Assert.Equal("environment", loaded.Options.Mqtt.Host);
        Assert.Equal(1885, loaded.Options.Mqtt.Port);
        Assert.Equal(TimeSpan.FromDays(2), loaded.Options.Mqtt.SessionExpiry);
        Assert.True(loaded.Options.Mqtt.Tls.Enabled);
        Assert.Equal(3, loaded.Options.Analysis.Workers);
        Assert.Equal("Logging:LogLevel:Default", Assert.Single(loaded.Logging).Key);
    }

    [Fact]
    public void Load_WithoutAnything_HasValidDefaults()
    {
        var options = OptionsLoader.Load(null, [], lookForFile: false, environment: NoEnvironment).Options;

        Assert.Equal("127.0.0.1", options.Http.Address);
        Assert.Equal(1883, options.Mqtt.EffectivePort);
        Assert.InRange(options.Analysis.Workers, 1, 64);
    }

    [Fact]
    public void Load_ReportsEveryProblemAtOnce()
    {
        var file = _folder.Write("appliance.json", """
            {
              "Analysis": { "Workers": 0, "QueueCapacity": "many", "Precision": "fp8", "KeepWarm": "2s" },
              "Mqtt": { "Port": 70000, "KeepAlive": "15", "Hots": "x", "Tls": { "CaFile": "/does/not/exist" } },
              "UncertainCases": { "MaxMegabytes": 0 }
            }
            """);
        var environment = new Hashtable { ["EDGE_Mqtt__Password"] = "secret" };

        var problem = Assert.Throws<UserException>(() => OptionsLoader.Load(
            file, [new Setting("--set", "Http:Address", "192.0.2.1"), new Setting("--set", "Colour", "red")], environment: environment));

        Assert.Equal(ExitCode.BadInput, problem.ExitCode);
        string[] expected =
        [
            "12 problems in the configuration:",
            $"{file}: Analysis:Workers is 0; use 1 to 64",
            $"{file}: Analysis:QueueCapacity is \"many\"; use a whole number",
            $"{file}: Analysis:KeepWarm is 2s; use 1ms to 1s, or 0s for never",
            $"{file}: Analysis:Precision is fp8; use auto, fp32, fp16, int8, dynamic",
            $"{file}: Mqtt:Port is 70000; use 0 to 65535",
            $"{file}: Mqtt:KeepAlive is \"15\"; use a duration, for example 500ms, 15s, 5m, 1d or 00:00:15",
            $"{file}: Mqtt:Hots is unknown; did you mean Mqtt:Host?",
            $"{file}: Mqtt:Tls:CaFile is /does/not/exist (",
            "default: Mqtt:Tls:Enabled is false; use true, or remove the other options of Mqtt:Tls",
            $"{file}: UncertainCases:MaxMegabytes is 0; use 1 to 1000000",
            "environment EDGE_Mqtt__Password: Mqtt:Password is unknown; did you mean Mqtt:PasswordFile?",
            "--set: Http:Address is 192.0.2.1; use a loopback address, or set Http:AllowNonLoopback to true",
        ];
        Assert.All(expected.Where(line => !line.StartsWith("12", StringComparison.Ordinal)),
            line => Assert.Contains(line, problem.Message, StringComparison.Ordinal));
        Assert.Contains("--set: Colour is unknown", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
        Assert.Equal(1 + expected.Length, problem.Message.Split('\n').Length);
    }

    [Fact]
    public void Load_FileThatIsNoJson_IsNamed()
    {
        var file = _folder.Write("appliance.json", "{ \"Bundle\": ");

        var problem = Assert.Throws<UserException>(() => OptionsLoader.Load(file, [], environment: NoEnvironment));

        Assert.Contains($"{file}: is not JSON", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_IsNamed()
    {
        var problem = Assert.Throws<UserException>(() => OptionsLoader.Load(_folder["none.json"], [], environment: NoEnvironment));

        Assert.Contains("none.json: cannot be read", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("1.5s", 1500)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("00:00:15", 15_000)]
    [InlineData("15", null)]
    [InlineData("s", null)]
    [InlineData("-1s", null)]
    [InlineData("99999999999d", null)]
    public void Durations_AreReadWithTheirUnit(string text, int? milliseconds) =>
        Assert.Equal(milliseconds, Durations.TryParse(text, out var duration) ? (int)duration.TotalMilliseconds : null);
}
