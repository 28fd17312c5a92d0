using System.Text.Json;
using System.Text.Json.Nodes;
using Edge.Bundles.Tasks;
using Edge.Trainer.Data;

namespace Edge.Trainer.Pipelines;

/// <summary>Everything that decides what a run trains, by name: a run goes on only where all of it is the same.</summary>
internal static class RunIdentity
{
    /// <summary>Names and values.</summary>
    /// <param name="data">What is trained on.</param>
    /// <param name="recipe">How.</param>
    /// <param name="options">Options of the command that matter.</param>
    public static IReadOnlyDictionary<string, string> Of(
        PreparedData data, RunRecipe recipe, params IEnumerable<(string Name, string Value)> options)
    {
        var identity = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["version"] = typeof(RunIdentity).Assembly.GetName().Version!.ToString(3),
            ["data"] = TrainingDataFingerprint.InOrder(data.Splits.Train, data.Splits.Dev),
            ["--unlabelled"] = data.Unlabelled.Count == 0 ? "none" : TrainingDataFingerprint.Of(data.Unlabelled),
            ["task"] = JsonSerializer.Serialize(data.Task, TaskFile.Json),
        };
        foreach (var (name, value) in options)
            identity[name] = value;
        AddLeaves(identity, "", JsonSerializer.SerializeToNode(recipe, RecipeFile.Json)!.AsObject());
        return identity;
    }

    /// <summary>Options of <c>run</c>.</summary>
    public static IEnumerable<(string Name, string Value)> Options(RunOptions options, PretrainedTeacher? pretrained) =>
    [
        ("--teacher", pretrained?.Fingerprint() ?? "none"),
        ("--teacher-size", options.TeacherSize ?? "the student's"),
        ("--student-size", options.StudentSize),
        ("--seed", $"{options.Seed}"),
        ("--replicas", $"{options.Replicas ?? 1}"),
        ("--threads", options.Threads is { } threads ? $"{threads}" : "libtorch's"),
        options.Epochs is { } epochs ? ("--epochs", string.Join(',', epochs)) : ("--budget-minutes", $"{options.BudgetMinutes}"),
    ];

    private static void AddLeaves(SortedDictionary<string, string> identity, string place, JsonObject settings)
    {
        foreach (var (name, value) in settings)
        {
            if (value is JsonObject inner)
                AddLeaves(identity, $"{place}{name}.", inner);
            else
                identity[place + name] = value?.ToJsonString() ?? "null";
        }
    }
}
