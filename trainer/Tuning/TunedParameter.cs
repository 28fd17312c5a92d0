using Edge.Trainer.Pipelines;
using Edge.Trainer.Training;

namespace Edge.Trainer.Tuning;

/// <summary>A setting that <c>tune</c> can look for.</summary>
/// <param name="Name">Its name on the command line and in the table.</param>
/// <param name="Lowest">Least value.</param>
/// <param name="Highest">Most.</param>
/// <param name="Scale">How values are drawn.</param>
/// <param name="Apply">Puts a value into settings.</param>
internal sealed record TunedParameter(
    string Name, double Lowest, double Highest, TunedScale Scale, Func<RunRecipe, double, RunRecipe> Apply)
{
    /// <summary>All of them by name.</summary>
    public static IReadOnlyDictionary<string, TunedParameter> All { get; } = new TunedParameter[]
    {
        // Factors of the settings' own rates, so that teacher, student and a checkpoint move together.
        new("lr", 0.25, 4, TunedScale.Logarithmic,
            (recipe, value) => Loops(recipe, loop => loop with { LearningRate = Math.Min(0.1, loop.LearningRate * value) })),
        new("dropout", 0, 0.3, TunedScale.Linear, (recipe, value) => recipe with { Dropout = value }),
        new("word-dropout", 0, 0.2, TunedScale.Linear, (recipe, value) => Loops(recipe, loop => loop with { WordDropout = value })),
        new("weight-decay", 0.001, 0.3, TunedScale.Logarithmic,
            (recipe, value) => Loops(recipe, loop => loop with { WeightDecay = value })),
        new("batch", 16, 128, TunedScale.Doubling, (recipe, value) => Loops(recipe, loop => loop with { BatchSize = (int)value })),
        new("layer-decay", 0.6, 1, TunedScale.Linear,
            (recipe, value) =>
                recipe with
                {
                    Teacher = recipe.Teacher with { LayerDecay = value }, FromCheckpoint = recipe.FromCheckpoint with { LayerDecay = value }
                }),
        new("freeze", 0, 6, TunedScale.Whole,
            (recipe, value) => recipe with { FineTuning = recipe.FineTuning with { FrozenLayers = value == 0 ? null : (int)value } }),
        new("label-smoothing", 0, 0.2, TunedScale.Linear, (recipe, value) => recipe with { LabelSmoothing = value }),
        new("soft-weight", 0.2, 1, TunedScale.Linear,
            (recipe, value) => recipe with { Distillation = recipe.Distillation with { SoftWeight = value, HardWeight = 1 - value } }),
        new("temperature", 1, 6, TunedScale.Linear,
            (recipe, value) => recipe with { Distillation = recipe.Distillation with { Temperature = value } }),
        new("hidden-weight", 0, 1, TunedScale.Linear,
            (recipe, value) => recipe with { Distillation = recipe.Distillation with { HiddenWeight = value } }),
        new("relation-weight", 0, 1, TunedScale.Linear,
            (recipe, value) => recipe with { Distillation = recipe.Distillation with { RelationWeight = value } }),
        new("entity-substitution", 0, 1, TunedScale.Linear,
            (recipe, value) => recipe with { Augmentation = recipe.Augmentation with { EntitySubstitution = value } }),
    }.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);

    /// <summary>What is looked for where nobody says.</summary>
    public static IReadOnlyList<string> Usual { get; } = ["lr", "dropout", "word-dropout", "soft-weight", "label-smoothing"];

    /// <summary>A value for a random number from 0 to below 1.</summary>
    public double Draw(double random) => Scale switch
    {
        TunedScale.Logarithmic => Round(Lowest * Math.Pow(Highest / Lowest, random)),
        TunedScale.Whole => Math.Floor(Lowest + ((Highest + 1 - Lowest) * random)),
        TunedScale.Doubling => Lowest * Math.Pow(2, Math.Floor((Math.Log2(Highest / Lowest) + 1) * random)),
        _ => Round(Lowest + ((Highest - Lowest) * random)),
    };

    // Three digits are more than the search can tell apart, and can be read.
    private static double Round(double value) =>
        double.Parse(
            value.ToString("G3", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);

    private static RunRecipe Loops(RunRecipe recipe, Func<LoopOptions, LoopOptions> change) =>
        recipe with { Teacher = change(recipe.Teacher), Student = change(recipe.Student), FromCheckpoint = change(recipe.FromCheckpoint) };
}
