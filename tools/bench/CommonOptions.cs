using System.CommandLine;

namespace Edge.Bench;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>A whole number within bounds.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="helpName">What help calls the value.</param>
    /// <param name="description">What it is; the bounds are added.</param>
    /// <param name="usual">Its default.</param>
    /// <param name="least">Lowest value.</param>
    /// <param name="most">Highest value.</param>
    public static Option<int> Whole(string name, string helpName, string description, int usual, int least, int most)
    {
        var option = new Option<int>(name) { HelpName = helpName, DefaultValueFactory = _ => usual, Description = $"{description} {least} to {most}." };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
                result.AddError($"{name} is {value}; use {least} to {most}.");
        });
        return option;
    }

    /// <summary><c>--seconds</c>, 1 to 3600.</summary>
    public static Option<int> Seconds(string description, int usual) => Whole("--seconds", "S", description, usual, 1, 3600);

    /// <summary><c>--budget-ms</c>, above 0.</summary>
    public static Option<double?> Budget(string description)
    {
        var option = new Option<double?>("--budget-ms") { HelpName = "MS", Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is <= 0)
                result.AddError("--budget-ms must be a number above 0.");
        });
        return option;
    }
}
