using Edge.Appliance.Configuration;
using Edge.Appliance.Mqtt;
using Edge.Bundles.Common;

namespace Edge.Bench.Machine;

/// <summary>mosquitto's configuration, judged by what the appliance needs.</summary>
/// <param name="File">The file; the files of its include_dir are read with it.</param>
/// <param name="Settings">What it says.</param>
internal sealed record MosquittoFile(string File, IReadOnlyList<MosquittoFinding> Settings)
{
    /// <summary>Where packages put it.</summary>
    public const string Usual = "/etc/mosquitto/mosquitto.conf";

    /// <summary>Reads a file; null where there is none at the usual place, or this user may not read it.</summary>
    /// <exception cref="UserException">Another one cannot be read.</exception>
    public static MosquittoFile? Read(string file)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            Read(file, values);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (file == Usual)
                return null; // half of it could mislead
            throw new UserException(ExitCode.BadInput,
                $"{failure.Message} Name mosquitto's configuration with --mosquitto FILE, as a user who may read it.", failure);
        }
        return new MosquittoFile(file, [.. BrokerSettings.For(new ApplianceOptions()).Select(setting => Judge(setting, values))]);
    }

    private static MosquittoFinding Judge(BrokerSetting setting, Dictionary<string, string> values)
    {
        var found = values.GetValueOrDefault(setting.Name);
        return new MosquittoFinding
        {
            Name = setting.Name,
            Found = found ?? $"{setting.Default} (not set)",
            Wanted = setting.Wanted,
            IsRight = setting.IsRight(found),
            Remedy = $"put '{setting.Line}' there; otherwise {setting.Otherwise}",
        };
    }

    // mosquitto.conf(5): a name and its value a line, # begins a comment, the last one counts; include_dir reads *.conf where it stands.
    private static void Read(string file, Dictionary<string, string> values)
    {
        foreach (var line in System.IO.File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var end = line.AsSpan().IndexOfAny(' ', '\t');
            var (name, value) = end < 0 ? (line, "") : (line[..end], line[end..].Trim());
            if (name == "include_dir")
            {
                foreach (var included in Directory.GetFiles(value, "*.conf").Order(StringComparer.OrdinalIgnoreCase))
                    Read(included, values);
            }
            else
            {
                values[name] = value;
            }
        }
    }
}
