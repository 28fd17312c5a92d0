using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Edge.Trainer.Pipelines;

namespace Edge.Bench.Tests.Documentation;

/// <summary>The settings of a training. Records that several members share, as the phases do, have one table.</summary>
internal static class RecipeSettings
{
    private static readonly XmlComments Comments = new(typeof(RunRecipe).Assembly, JsonNamingPolicy.CamelCase.ConvertName);

    private sealed record Place(string Path, string Text, object Value);

    /// <summary>A section for each record, in the order of declaration.</summary>
    public static IEnumerable<SettingSection> Sections() => Sections(typeof(RunRecipe), [new Place("", "", new RunRecipe())]);

    private static IEnumerable<SettingSection> Sections(Type type, List<Place> places)
    {
        var members = RecipeFile.Json.GetTypeInfo(type).Properties.Where(member => member.Set is not null).ToArray();
        yield return Section(places, members.Where(member => !IsRecord(member)));
        foreach (var group in members.Where(IsRecord).GroupBy(member => member.PropertyType))
        {
            foreach (var section in Sections(group.Key, [.. places.SelectMany(place => group.Select(member => Inner(place, member)))]))
                yield return section;
        }
    }

    private static Place Inner(Place place, JsonPropertyInfo member)
    {
        var value = member.Get!(place.Value);
        var text = Comments.Of((PropertyInfo)member.AttributeProvider!) + (value is null ? " Not set by default." : "");
        return new Place(Join(place.Path, member.Name), text, value ?? Activator.CreateInstance(member.PropertyType)!);
    }

    private static SettingSection Section(List<Place> places, IEnumerable<JsonPropertyInfo> members)
    {
        var title = places[0].Path.Length == 0 ? "Whole training" : string.Join(", ", places.Select(place => $"`{place.Path}`"));
        var text = places.Count == 1 ? places[0].Text : string.Join('\n', places.Select(place => $"- `{place.Path}`: {place.Text}"));
        return new SettingSection(title, text, [.. members.Select(member => Row(places, member))]);
    }

    private static SettingRow Row(List<Place> places, JsonPropertyInfo member)
    {
        var isList = member.PropertyType.IsGenericType && member.PropertyType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
        var type = isList
            ? member.PropertyType.GetGenericArguments()[0]
            : Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        var meaning = Comments.Of((PropertyInfo)member.AttributeProvider!);
        var range = Range(Join(places[0].Path, member.Name));
        if (type.IsEnum)
        {
            var values =
                Enum.GetValues(type).Cast<object>().Select(value => (Name: Json(value, type), Field: type.GetField($"{value}")!)).ToArray();
            meaning += " " + string.Join(" ", values.Select(value => $"`{value.Name}`: {Comments.Of(value.Field)}"));
            range = (isList ? "a list of " : "") + string.Join(", ", values.Select(value => $"`{value.Name}`"));
        }
        var shown = places.Count == 1 ? Join(places[0].Path, member.Name) : member.Name;
        return new SettingRow(shown, meaning, range, Default(places, member));
    }

    // The first place's, then what other places have instead.
    private static string Default(List<Place> places, JsonPropertyInfo member)
    {
        var values = places.Select(place => Json(member.Get!(place.Value), member.PropertyType)).ToArray();
        var others = places.Zip(values).Where(pair => pair.Second != values[0]).GroupBy(pair => pair.Second)
            .Select(group => $"{string.Join(", ", group.Select(pair => $"`{pair.First.Path}`"))}: {group.Key}");
        return string.Join("; ", others.Prepend(values[0]));
    }

    private static string Json(object? value, Type type)
    {
        if (value is double number)
            return number.ToString("0.##########", CultureInfo.InvariantCulture);
        var text = JsonSerializer.SerializeToNode(value, type, RecipeFile.Json)?.ToJsonString();
        return text is null or "[]" ? "none" : text.Trim('"');
    }

    // What the program asks for where it is given nonsense; the last words are for those who wrote a text for a number.
    private static string Range(string path)
    {
        var file = Path.GetTempFileName();
        var range = "";
        foreach (var value in (JsonNode[])[-1e9, -1_000_000_000, 1e9, 1_000_000_000, "?"])
        {
            var settings = path.Split('.').Reverse().Aggregate(value, (inner, name) => new JsonObject { [name] = inner });
            File.WriteAllText(file, settings.ToJsonString());
            RecipeFile.Read(file, out var problems);
            var said = problems.Where(problem => problem.StartsWith($"{file}: {path} is ", StringComparison.Ordinal))
                .Select(problem => problem[(problem.IndexOf("; use ", StringComparison.Ordinal) + 6)..]).FirstOrDefault();
            if (said is null or "a whole number" or "a number")
                continue;
            range = said;
            break;
        }
        File.Delete(file);
        return range;
    }

    private static bool IsRecord(JsonPropertyInfo member) =>
        RecipeFile.Json.GetTypeInfo(member.PropertyType).Kind == JsonTypeInfoKind.Object;

    private static string Join(string place, string name) => place.Length == 0 ? name : $"{place}.{name}";
}
