using System.CommandLine;
using Edge.Appliance.Configuration;

namespace Edge.Appliance.Commands;

/// <summary>Options that several commands have.</summary>
internal sealed class ConfigurationArguments
{
    /// <summary><c>--bundle</c>.</summary>
    public Option<string?> Bundle { get; } = new("--bundle")
    {
        Description = "Directory of the bundle (default: EDGE_BUNDLE, the configuration, or ./current).",
        HelpName = "DIR",
    };

    /// <summary><c>--config</c>.</summary>
    public Option<string?> Config { get; } = new("--config")
    {
        Description = $"Configuration file (default: the first of {string.Join(", ", SettingsReader.DefaultFiles)} that exists).",
        HelpName = "FILE",
    };

    /// <summary><c>--set</c>.</summary>
    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "Sets one option of the configuration, for example --set Mqtt:Port=1884. May be repeated.",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Bundle);
        command.Options.Add(Config);
        command.Options.Add(Set);
        command.Validators.Add(result =>
        {
            foreach (var pair in result.GetValue(Set) ?? [])
            {
                if (pair.IndexOf('=', StringComparison.Ordinal) < 1)
                    result.AddError($"--set {pair}: use KEY=VALUE, for example --set Mqtt:Port=1884.");
            }
        });
    }

    /// <summary>Loads the options.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="needsFile">False where a bundle on the command line makes the configuration file unnecessary.</param>
    public LoadedOptions Load(ParseResult result, bool needsFile = true)
    {
        var bundle = result.GetValue(Bundle);
        var settings = (result.GetValue(Set) ?? [])
            .Select(pair => pair.Split('=', 2))
            .Select(pair => new Setting("--set", pair[0], pair[1]))
            .ToList();
        if (bundle is not null)
            settings.Add(new Setting("--bundle", "Bundle", bundle));
        return OptionsLoader.Load(result.GetValue(Config), settings, lookForFile: needsFile || bundle is null);
    }
}
