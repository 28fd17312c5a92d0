using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Edge.Bundles.Common;

namespace Edge.Bundles.Tasks;

/// <summary>Reads and writes <c>task.json</c>.</summary>
public static class TaskFile
{
    /// <summary>How the product writes JSON that people read: camelCase, indented, Chinese as it is.</summary>
    public static JsonSerializerOptions Json { get; } = CreateOptions();

    /// <summary>The same for documents.</summary>
    internal static JsonDocumentOptions DocumentOptions { get; } =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads and checks a task.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BundleException">The file cannot be read, or the task has problems: all of them are named.</exception>
    public static TaskDefinition Read(string path)
    {
        TaskDefinition? task;
        try
        {
            task = JsonSerializer.Deserialize<TaskDefinition>(File.ReadAllBytes(RegularFile.Require(path)), Json);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BundleException($"{path}: the task file cannot be read: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new BundleException($"{path}: this is not a task file: {e.Message} See docs/reference/bundle.md.", e);
        }

        if (task is null)
            throw new BundleException($"{path}: the file holds null; a task is an object with heads. See docs/reference/bundle.md.");
        Check(path, task);
        return task;
    }

    /// <summary>Checks and writes a task.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="task">The task.</param>
    /// <exception cref="BundleException">The task has problems.</exception>
    public static void Write(string path, TaskDefinition task)
    {
        Check(path, task);
        File.WriteAllText(path, JsonSerializer.Serialize(task, Json) + "\n");
    }

    private static void Check(string path, TaskDefinition task)
    {
        var problems = TaskRules.Check(task, labelsAreFinal: false);
        if (problems.Count > 0)
            throw new BundleException($"{path}: " + string.Join("; ", problems) + ".");
    }

    private static JsonSerializerOptions CreateOptions()
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            NumberHandling = JsonNumberHandling.Strict,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            PropertyNameCaseInsensitive = false,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
