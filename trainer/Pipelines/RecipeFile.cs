using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Edge.Bundles.Common;
using Edge.Bundles.Tasks;

namespace Edge.Trainer.Pipelines;

/// <summary>
/// Reads the settings of a run as JSON (docs/reference/settings.md). A file names only what it changes; a member that does
/// not exist is an error, because a misspelt setting would otherwise silently keep its default.
/// </summary>
internal static class RecipeFile
{
    /// <summary>How settings are written.</summary>
    public static JsonSerializerOptions Json { get; } = new(TaskFile.Json) { IgnoreReadOnlyProperties = true };

    // Earlier names of members, which files may still have.
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["eightBit"] = "quantizationAware",
        ["eightBitEpochs"] = "quantizationAwareEpochs",
        ["adapters"] = "lora",
        ["lostMarks"] = "lostPunctuation",
    };

    private const string Planned =
        "a budget is divided by fixed rules; use mostTeachers and mostStudentEpochs, or run --epochs for a plan of your own";

    // Members that there were, and why there are none: a recipe that names one would silently train something else.
    private static readonly Dictionary<string, string> Gone = new(StringComparer.Ordinal)
    {
        ["rDrop"] = "R-Drop doubled the cost of a step and gained nothing that longer training does not; leave it out",
        ["weightAverage"] = "an average of the weights gained nothing over the weights that are best on dev; leave it out",
        ["mixedTexts"] = "texts put together from pieces gained nothing over changed texts; use distillation.changedTexts",
        ["templates"] =
            "moving entities into other sentences gained nothing over other names in the same sentence; use " +
            "augmentation.entitySubstitution",
        ["qdq"] = "no runtime but ONNX Runtime was found to read that file, and there dynamic is faster; use dynamic",
        ["mostPretrainingEpochs"] = Planned,
        ["fewestPretrainingEpochs"] = Planned,
        ["pretrainingShare"] = Planned,
        ["pretrainingShareWithoutTags"] = Planned,
        ["mostTeacherEpochs"] = Planned,
        ["mostTeacherEpochsWithoutTags"] = Planned,
        ["fewestTeacherEpochs"] = Planned,
        ["fewestTeacherEpochsWithoutTags"] = Planned,
        ["fewestTeacherEpochsFromCheckpoint"] = Planned,
        ["teacherShare"] = Planned,
    };

    private static readonly JsonDocumentOptions Documents =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <summary>Reads settings.</summary>
    /// <exception cref="UserException">The file cannot be used; the message names every problem.</exception>
    public static RunRecipe Read(string path)
    {
        var recipe = Read(path, out var problems, note: null);
        UserException.ThrowIfAny(problems);
        return recipe;
    }

    /// <summary>Settings of a command: of <c>--config</c>, with what other options put over it.</summary>
    /// <param name="path">The file; <c>null</c>: the defaults.</param>
    /// <param name="frozenLayers">Of <c>--freeze</c>; <c>null</c>: as the file has it.</param>
    /// <param name="problems">What is wrong with the file.</param>
    /// <param name="note">Told where the file has the earlier name of a setting.</param>
    public static RunRecipe ReadOrDefault(string? path, int? frozenLayers, out IReadOnlyList<string> problems, Action<string>? note = null)
    {
        problems = [];
        var recipe = path is null ? new RunRecipe() : Read(path, out problems, note);
        if (frozenLayers is not null)
            recipe = recipe with { FineTuning = recipe.FineTuning with { FrozenLayers = frozenLayers } };
        if (problems.Count == 0)
            problems = recipe.Problems();
        return recipe;
    }

    /// <summary>Reads settings and says what is wrong with them, so that it can be reported with other problems.</summary>
    /// <returns>The settings; the defaults where there are problems.</returns>
    public static RunRecipe Read(string path, out IReadOnlyList<string> problems, Action<string>? note = null)
    {
        var found = new List<string>();
        problems = found;
        var recipe = new RunRecipe();
        if (ReadObject(path, found) is not { } file)
            return recipe;

        var merged = ToNode(recipe, typeof(RunRecipe));
        WithTodaysNames(file, typeof(RunRecipe), "", found, earlier => note?.Invoke($"{path}: {earlier}"));
        Merge(merged, file, typeof(RunRecipe), "", found);
        if (found.Count == 0)
        {
            recipe = merged.Deserialize<RunRecipe>(Json)!;
            found.AddRange(recipe.Problems());
        }
        for (var i = 0; i < found.Count; i++)
            found[i] = $"{path}: {found[i]}";
        return recipe;
    }

    private static JsonObject? ReadObject(string path, List<string> problems)
    {
        try
        {
            if (JsonNode.Parse(File.ReadAllBytes(RegularFile.Require(path)), documentOptions: Documents) is JsonObject file)
                return file;
            problems.Add(
                $"{path}: the file is no JSON object; settings are {{ \"teacher\": {{ \"learningRate\": 0.0005 }} }}, see " +
                "docs/reference/settings.md");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add($"--config {path}: the file cannot be read: {failure.Message}");
        }
        catch (JsonException failure)
        {
            problems.Add($"{path}: this is no JSON: {failure.Message}");
        }
        return null;
    }

    // Gives members that have an earlier name the one that they have now.
    private static void WithTodaysNames(JsonObject file, Type type, string place, List<string> problems, Action<string> note)
    {
        var members = Members(type);
        foreach (var (name, value) in file.ToArray())
        {
            var today = !members.ContainsKey(name) && Renamed.TryGetValue(name, out var other) && members.ContainsKey(other) ? other : name;
            var path = place.Length == 0 ? today : $"{place}.{today}";
            if (today != name)
            {
                note($"{name} is called {path} now");
                file.Remove(name);
                if (!file.TryAdd(today, value))
                    problems.Add($"{path} is there twice, as {name} too; leave {name} out");
            }
            if (value is JsonObject inner && members.TryGetValue(today, out var member) && IsRecord(member))
                WithTodaysNames(inner, member, path, problems, note);
        }
    }

    // Puts the file's values over the defaults; what cannot be put there becomes a problem.
    private static void Merge(JsonObject target, JsonObject file, Type type, string place, List<string> problems)
    {
        var members = Members(type);
        foreach (var (name, value) in file)
        {
            var path = place.Length == 0 ? name : $"{place}.{name}";
            if (!members.TryGetValue(name, out var member) && Gone.TryGetValue(name, out var why))
            {
                problems.Add($"{path} is gone: {why}");
            }
            else if (member is null)
            {
                var where = place.Length == 0 ? "the settings have" : $"{place} has";
                problems.Add($"there is no setting {path}; {where} {string.Join(", ", members.Keys)}");
            }
            else if (value is JsonObject inner && IsRecord(member))
            {
                if (target[name] is not JsonObject)
                    target[name] = ToNode(Activator.CreateInstance(member)!, member);
                Merge(target[name]!.AsObject(), inner, member, path, problems);
            }
            else if (value is null && target[name] is null)
            {
                // The default says "not set" too.
            }
            else if (Fits(value, member))
            {
                target[name] = value!.DeepClone();
            }
            else
            {
                problems.Add($"{path} is {value?.ToJsonString(Json) ?? "null"}; use {Describe(member)}");
            }
        }
    }

    private static JsonObject ToNode(object settings, Type type) => JsonSerializer.SerializeToNode(settings, type, Json)!.AsObject();

    private static Dictionary<string, Type> Members(Type type) =>
        Json.GetTypeInfo(type).Properties.Where(property => property.Set is not null)
            .ToDictionary(property => property.Name, property => property.PropertyType, StringComparer.Ordinal);

    private static bool IsRecord(Type type) => Json.GetTypeInfo(type).Kind == JsonTypeInfoKind.Object;

    private static bool Fits(JsonNode? value, Type type)
    {
        if (IsRecord(type) || value is null)
            return false;
        try
        {
            return value.Deserialize(type, Json) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Describe(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.GetCustomAttribute<DescriptionAttribute>() is { } form)
            return form.Description;
        if (type.IsEnum)
            return string.Join(" or ", Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.Serialize(value, type, Json)));
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Int32 or TypeCode.Int64 => "a whole number",
            TypeCode.Double or TypeCode.Single => "a number",
            TypeCode.Boolean => "true or false",
            TypeCode.String => "a text",
            _ => IsRecord(type) ? "an object {...}" : "a list [...]",
        };
    }
}
