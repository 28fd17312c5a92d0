using System.Diagnostics;
using System.Text.Json.Nodes;
using Edge.Trainer.Commands;

namespace Edge.Trainer.Tests.Commands;

/// <summary>The command as a process of its own, and data that it learns within seconds.</summary>
internal static class TrainerProcess
{
    public static void WriteData(string folder)
    {
        Directory.CreateDirectory(folder);
        string[] names = ["anna", "bert", "carl", "dora", "emil", "fritz", "gerd", "hans", "ida", "jana", "karl", "lena"];
        (string Intent, string Before, string After)[] forms =
            [("call", "please call ", " now"), ("pay", "send money to ", ""), ("meet", "when do i meet ", " again")];
        var rows = forms.SelectMany(
            form => names.Select((name, i) => (Split: i < 8 ? "train" : i < 10 ? "dev" : "test", Json: new JsonObject
            {
                ["text"] = form.Before + name + form.After,
                ["intent"] = form.Intent,
                ["entities"] = new JsonArray(
                new JsonObject { ["label"] = "name", ["start"] = form.Before.Length, ["end"] = form.Before.Length + name.Length }),
            }.ToJsonString())));
        foreach (var split in rows.GroupBy(row => row.Split))
            File.WriteAllLines(Path.Combine(folder, split.Key + ".jsonl"), split.Select(row => row.Json));
    }

    public static Process Create(params string[] arguments) => new()
    {
        // A shell without job control ignores SIGINT in what it starts, and so would the trainer.
        StartInfo = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", typeof(TrainerCommand).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true
        },
    };

    public static async Task<(int Code, string Output)> Run(params string[] arguments)
    {
        using var process = Create(arguments);
        process.Start();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await errors + output);
    }

    /// <summary>Starts the command and kills it (SIGKILL) once it prints a line that starts with the text.</summary>
    public static async Task<string> RunAndKillAt(string line, params string[] arguments)
    {
        using var process = Create(arguments);
        process.Start();
        var output = "";
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } printed)
        {
            output += printed + "\n";
            if (!printed.StartsWith(line, StringComparison.Ordinal))
                continue;
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return output;
        }
        throw new InvalidOperationException(
            $"The process never printed {line}: {output}" +
            $"{await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
    }
}
