namespace Edge.Bench.Machine;

/// <summary>What mosquitto's configuration says (mosquitto.conf(5)).</summary>
internal static class MosquittoSettings
{
    /// <summary>Where packages put it.</summary>
    public const string Folder = "/etc/mosquitto";

    private const string AtOnce = "set_tcp_nodelay";

    /// <summary>Whether small messages are sent at once; the last line that says so counts.</summary>
    /// <param name="folder">Has mosquitto.conf and conf.d.</param>
    /// <returns><c>null</c>: there is no configuration, or it cannot be read.</returns>
    public static bool? SendsAtOnce(string folder)
    {
        var (main, more) = (Path.Combine(folder, "mosquitto.conf"), Path.Combine(folder, "conf.d"));
        if (!File.Exists(main))
            return null;
        try
        {
            string[] files =
                [main, .. Directory.Exists(more) ? Directory.GetFiles(more, "*.conf").Order(StringComparer.Ordinal).ToArray() : []];
            var words = files.SelectMany(File.ReadLines).Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return words.LastOrDefault(line => line is [AtOnce, _, ..]) is [_, "true", ..];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null; // half of it could mislead
        }
    }
}
