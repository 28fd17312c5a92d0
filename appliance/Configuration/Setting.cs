namespace Edge.Appliance.Configuration;

/// <summary>One value that somebody set.</summary>
/// <param name="Place">Where: a file, an environment variable, a command-line option.</param>
/// <param name="Key">Path of the option, for example <c>Mqtt:Port</c>.</param>
/// <param name="Value">The value as written.</param>
internal sealed record Setting(string Place, string Key, string Value);
