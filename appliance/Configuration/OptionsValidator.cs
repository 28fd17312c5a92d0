using System.Net;
using System.Text.RegularExpressions;
using Edge.Bundles;
using Edge.Bundles.Common;

namespace Edge.Appliance.Configuration;

/// <summary>Checks every option against its range, and collects all that is wrong.</summary>
internal sealed partial class OptionsValidator
{
    private readonly List<string> _problems;
    private readonly Dictionary<string, string> _places = new(StringComparer.OrdinalIgnoreCase);

    private OptionsValidator(IEnumerable<Setting> settings, List<string> problems)
    {
        _problems = problems;
        foreach (var setting in settings)
            _places[setting.Key] = setting.Place;
    }

    /// <summary>Adds one line per bad value to <paramref name="problems"/>: place, key, found, allowed.</summary>
    public static void Check(ApplianceOptions options, IEnumerable<Setting> settings, List<string> problems)
    {
        var validator = new OptionsValidator(settings, problems);
        validator.CheckGeneral(options);
        validator.CheckMqtt(options.Mqtt);
        validator.CheckHttp(options.Http);
    }

    private void CheckGeneral(ApplianceOptions options)
    {
        NotEmpty("Bundle", options.Bundle, "the directory of a bundle");
        Name("Host", options.Host);
        Readable("Bundles:TrustedKeys", options.Bundles.TrustedKeys);
        Between("DrainTimeout", options.DrainTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

        Between("Analysis:Workers", options.Analysis.Workers, 1, 64);
        Between("Analysis:QueueCapacity", options.Analysis.QueueCapacity, 1, 10_000);
        Between("Analysis:MaxTextLength", options.Analysis.MaxTextLength, 1, 10_000);
        Between("Analysis:RememberedAnswers", options.Analysis.RememberedAnswers, 0, 1_000_000);
        Between("Analysis:RememberedMegabytes", options.Analysis.RememberedMegabytes, 1, 10_000);
        Ensure(options.Analysis.KeepWarm is { TotalMilliseconds: 0 or (>= 1 and <= 1000) }, "Analysis:KeepWarm",
            Durations.Format(options.Analysis.KeepWarm), "1ms to 1s, or 0s for never");
        Ensure(ProviderSetting.Parse(options.Analysis.Provider) is not null, "Analysis:Provider", options.Analysis.Provider,
            ProviderSetting.Allowed);
        Between("Analysis:BatchWait", options.Analysis.BatchWait, TimeSpan.Zero, TimeSpan.FromMilliseconds(10));
        Ensure(options.Analysis.Precision is "auto" || Precision.All.Contains(options.Analysis.Precision), "Analysis:Precision",
            options.Analysis.Precision, $"auto, {string.Join(", ", Precision.All)}");

        Ensure(
            ProviderSetting.Parse(options.Analysis.Provider)?.Kind != ProviderKind.Cuda
                || options.Analysis.Precision is "auto" or Precision.Fp16,
            "Analysis:Precision", options.Analysis.Precision, $"auto or fp16 with Analysis:Provider {options.Analysis.Provider}");

        NotEmpty("UncertainCases:File", options.UncertainCases.File, "the path of an SQLite file");
        Between("UncertainCases:MaxMegabytes", options.UncertainCases.MaxMegabytes, 1, 1_000_000);
        Between("UncertainCases:StoreTimeout", options.UncertainCases.StoreTimeout,
            TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5));
        Between("UncertainCases:WaitingMegabytes", options.UncertainCases.WaitingMegabytes, 1, 10_000);
    }

    private void CheckMqtt(MqttOptions mqtt)
    {
        NotEmpty("Mqtt:Host", mqtt.Host, "the name or address of the broker");
        Between("Mqtt:Port", mqtt.Port, 0, 65_535);
        if (mqtt.ClientId is not null)
            Name("Mqtt:ClientId", mqtt.ClientId);
        if (mqtt.SharedGroup is not null)
            Name("Mqtt:SharedGroup", mqtt.SharedGroup);
        Readable("Mqtt:PasswordFile", mqtt.PasswordFile);
        Ensure(mqtt.PasswordFile is null || mqtt.UserName is not null, "Mqtt:UserName", "missing",
            "the user name that belongs to Mqtt:PasswordFile");
        Between("Mqtt:SessionExpiry", mqtt.SessionExpiry, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        Between("Mqtt:KeepAlive", mqtt.KeepAlive, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10));
        Between("Mqtt:Timeout", mqtt.Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        Between("Mqtt:ReconnectDelayMax", mqtt.ReconnectDelayMax, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));

        var tls = mqtt.Tls;
        Readable("Mqtt:Tls:CaFile", tls.CaFile);
        Readable("Mqtt:Tls:CertificateFile", tls.CertificateFile);
        Readable("Mqtt:Tls:KeyFile", tls.KeyFile);
        Ensure(tls.CertificateFile is null == tls.KeyFile is null,
            tls.KeyFile is null ? "Mqtt:Tls:KeyFile" : "Mqtt:Tls:CertificateFile", "missing",
            "both CertificateFile and KeyFile, or neither");
        Ensure(tls.Enabled || (tls.CaFile ?? tls.CertificateFile ?? tls.TargetHost) is null,
            "Mqtt:Tls:Enabled", "false", "true, or remove the other options of Mqtt:Tls");
    }

    private void CheckHttp(HttpOptions http)
    {
        if (!IPAddress.TryParse(http.Address, out var address))
            Add("Http:Address", http.Address, "an IP address, for example 127.0.0.1 or ::1");
        else if (!IPAddress.IsLoopback(address) && !http.AllowNonLoopback)
            Add("Http:Address", http.Address, "a loopback address, or set Http:AllowNonLoopback to true (the endpoint has no log-in)");
        Between("Http:Port", http.Port, 0, 65_535);
        Between("Http:MaxBodyBytes", http.MaxBodyBytes, 1_024, 1_048_576);
    }

    private void Between(string key, int value, int least, int most) =>
        Ensure(value >= least && value <= most, key, $"{value}", $"{least} to {most}");

    private void Between(string key, TimeSpan value, TimeSpan least, TimeSpan most) =>
        Ensure(value >= least && value <= most, key, Durations.Format(value), $"{Durations.Format(least)} to {Durations.Format(most)}");

    private void NotEmpty(string key, string value, string allowed) => Ensure(!string.IsNullOrWhiteSpace(value), key, "empty", allowed);

    private void Name(string key, string value) =>
        Ensure(NamePattern().IsMatch(value), key, $"\"{value}\"", "1 to 64 letters, digits, '.', '_' and '-'");

    private void Readable(string key, string? file)
    {
        if (file is null)
            return;
        try
        {
            using var stream = File.OpenRead(RegularFile.Require(file));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Add(key, $"{file} ({failure.Message})", "a file that this user can read");
        }
    }

    private void Ensure(bool condition, string key, string found, string allowed)
    {
        if (!condition)
            Add(key, found, allowed);
    }

    private void Add(string key, string found, string allowed) =>
        _problems.Add($"{_places.GetValueOrDefault(key, "default")}: {key} is {found}; use {allowed}");

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex NamePattern();
}
