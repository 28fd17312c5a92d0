using System.CommandLine;
using Edge.Bundles.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Pipelines;

namespace Edge.Trainer.Commands;

/// <summary>Options of every command that trains on labels: data, result, settings, seed and threads.</summary>
internal sealed class TrainingArguments
{
    private static readonly int DefaultSeed = new RunOptions { Data = "", Out = "" }.Seed;

    /// <summary>Creates the options.</summary>
    /// <param name="outName">What --out is: <c>DIR</c> or <c>FILE</c>.</param>
    /// <param name="outMeaning">What is written there.</param>
    public TrainingArguments(string outName, string outMeaning) =>
        Out = new Option<string>("--out") { Required = true, HelpName = outName, Description = outMeaning };

    /// <summary>The data folder.</summary>
    public Option<string> Data { get; } = TrainerOptions.Data();

    /// <summary>The result.</summary>
    public Option<string> Out { get; }

    /// <summary>Settings of the training.</summary>
    public Option<string?> Config { get; } = TrainerOptions.Config();

    /// <summary>Seed.</summary>
    public Option<int> Seed { get; } = TrainerOptions.Seed(DefaultSeed);

    /// <summary>Which columns are what.</summary>
    public Option<string?> Map { get; } = TrainerOptions.Map();

    /// <summary>What the offsets of spans count.</summary>
    public Option<string?> Offsets { get; } = TrainerOptions.Offsets();

    /// <summary>Where bad rows go.</summary>
    public Option<string?> SkipBad { get; } = TrainerOptions.SkipBad();

    /// <summary>Threads of libtorch.</summary>
    public Option<int?> Threads { get; } = TrainerOptions.Threads();

    /// <summary>What was given for them; a command adds its own.</summary>
    public RunOptions Read(ParseResult arguments) => new()
    {
        Data = arguments.GetRequiredValue(Data),
        Out = arguments.GetRequiredValue(Out),
        Seed = arguments.GetValue(Seed),
        Map = arguments.GetValue(Map),
        Offsets = OffsetUnits.Parse(arguments.GetValue(Offsets)),
        SkipBadFile = arguments.GetValue(SkipBad),
        Threads = arguments.GetValue(Threads),
    };

    /// <summary>The settings of --config, or the defaults.</summary>
    /// <param name="arguments">What was given.</param>
    /// <param name="problems">What is wrong with the command's options; reported together with what is wrong in the file.</param>
    /// <param name="frozenLayers">Value of --freeze, where the command has it.</param>
    /// <exception cref="UserException">There is a problem.</exception>
    public RunRecipe Settings(ParseResult arguments, IEnumerable<string> problems, int? frozenLayers = null)
    {
        var recipe = RecipeFile.ReadOrDefault(arguments.GetValue(Config), frozenLayers, out var ofFile, TrainerOptions.Note);
        UserException.ThrowIfAny([.. problems, .. ofFile]);
        return recipe;
    }
}
