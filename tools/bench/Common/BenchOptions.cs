using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Edge.Bench.Common;

/// <summary>Options that several commands have.</summary>
internal static class BenchOptions
{
    /// <summary>A whole number within bounds.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="helpName">What help calls the value.</param>
    /// <param name="description">What it is; the bounds are added.</param>
    /// <param name="usual">Its default.</param>
    /// <param name="least">Lowest value.</param>
    /// <param name="most">Highest value.</param>
    public static Option<int> Whole(string name, string helpName, string description, int usual, int least, int most) => new(name)
    {
        HelpName = helpName,
        DefaultValueFactory = _ => usual,
        Description = $"{description} {least} to {most}.",
        CustomParser = result => WholeOf(result, name, least, most) ?? usual,
    };

    /// <summary>A whole number that need not be given.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="helpName">What help calls the value.</param>
    /// <param name="description">What it is; the bounds are added.</param>
    /// <param name="least">Lowest value.</param>
    /// <param name="most">Highest value.</param>
    public static Option<int?> MaybeWhole(string name, string helpName, string description, int least, int most) => new(name)
    {
        HelpName = helpName,
        Description = $"{description} {least} to {most}.",
        CustomParser = result => WholeOf(result, name, least, most),
    };

    /// <summary>A number that need not be given.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="helpName">What help calls the value.</param>
    /// <param name="description">What it is.</param>
    /// <param name="least">Lowest value.</param>
    /// <param name="most">Highest value.</param>
    public static Option<double?> Number(string name, string helpName, string description, double least, double most) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result =>
        {
            if (double.TryParse(Text(result), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least
                && value <= most)
                return value;
            result.AddError(
                string.Create(CultureInfo.InvariantCulture, $"{name} is {Text(result)}; use {least:0.######} to {most:0.######}."));
            return null;
        },
    };

    /// <summary><c>--seconds</c>, 1 to 3600.</summary>
    public static Option<int> Seconds(string description, int usual) => Whole("--seconds", "S", description, usual, 1, 3600);

    /// <summary><c>--budget-ms</c>, a nanosecond to an hour.</summary>
    public static Option<double?> Budget(string description) => Number("--budget-ms", "MS", description, 0.000001, 3_600_000);

    private static int? WholeOf(ArgumentResult result, string name, int least, int most)
    {
        if (int.TryParse(Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least
            && value <= most)
            return value;
        result.AddError($"{name} is {Text(result)}; use {least} to {most}.");
        return null;
    }

    private static string Text(ArgumentResult result) => result.Tokens[0].Value;
}
