using System.Collections;
using Edge.Bundles.Common;

namespace Edge.Appliance.Configuration;

/// <summary>Reads, binds and validates the options once, at start.</summary>
internal static class OptionsLoader
{
    /// <summary>Loads the options, or throws one exception that lists every problem.</summary>
    /// <param name="file">Configuration file, or null to look for the default ones.</param>
    /// <param name="commandLine">Settings of the command line.</param>
    /// <param name="lookForFile">Whether the default files are looked for where <paramref name="file"/> is null.</param>
    /// <param name="environment">Environment variables; null for the process's own.</param>
    /// <exception cref="UserException">Something is wrong.</exception>
    public static LoadedOptions Load(
        string? file, IReadOnlyList<Setting> commandLine, bool lookForFile = true, IDictionary? environment = null)
    {
        var problems = new List<string>();
        if (lookForFile)
            file ??= SettingsReader.DefaultFiles.FirstOrDefault(File.Exists);
        var settings = SettingsReader.Read(file, environment ?? Environment.GetEnvironmentVariables(), commandLine, problems);
        var options = OptionsBinder.Bind(settings, problems);
        OptionsValidator.Check(options, settings, problems);
        if (problems.Count > 0)
        {
            var count = problems.Count == 1 ? "1 problem" : $"{problems.Count} problems";
            throw new UserException(ExitCode.BadInput, $"{count} in the configuration:\n  {string.Join("\n  ", problems)}");
        }
        var logging =
            settings.Where(setting => setting.Key.StartsWith(OptionsBinder.LoggingSection + ":", StringComparison.OrdinalIgnoreCase));
        var bundlePlace = settings.LastOrDefault(setting => setting.Key.Equals("Bundle", StringComparison.OrdinalIgnoreCase))?.Place;
        return new LoadedOptions(options, [.. logging], bundlePlace ?? "default");
    }
}
