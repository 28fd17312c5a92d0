namespace Edge.Appliance.Commands;

/// <summary>Colours of a terminal, or none (output to a file or pipe, <c>NO_COLOR</c>).</summary>
internal sealed class Styles(bool isColoured)
{
    /// <summary>Styles for standard output.</summary>
    public static Styles ForOutput() =>
        new(!Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));

    /// <summary>What matters.</summary>
    public string Strong(string text) => Wrap("1", text);

    /// <summary>What is beside the point.</summary>
    public string Faint(string text) => Wrap("2", text);

    /// <summary>Accepted.</summary>
    public string Good(string text) => Wrap("32", text);

    /// <summary>Uncertain.</summary>
    public string Doubtful(string text) => Wrap("33", text);

    private string Wrap(string code, string text) => isColoured ? $"\e[{code}m{text}\e[0m" : text;
}
