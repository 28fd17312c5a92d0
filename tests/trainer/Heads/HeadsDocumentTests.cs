using System.Text.RegularExpressions;
using Edge.Bundles.Common;
using Edge.Trainer.Commands;

namespace Edge.Trainer.Tests.Heads;

/// <summary>The commands of docs/guide/heads.md are run as they stand, but for less training and another folder.</summary>
[Collection(MicroTask.Collection)]
public sealed partial class HeadsDocumentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-heads-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Commands_OfTheDocument_Work()
    {
        var root = Repository();
        var commands = File.ReadLines(Path.Combine(root, "docs", "guide", "heads.md"))
            .Where(line => line.StartsWith("    edge-trainer ", StringComparison.Ordinal)).ToArray();
        Assert.True(commands.Length >= 9);
        foreach (var command in commands)
        {
            var arguments = Words().Matches(command.Trim()).Select(match => match.Value.Trim('"')).Skip(1)
                .Select(word => word.StartsWith("docs/", StringComparison.Ordinal)
                    ? Path.Combine(root, word)
                    : word.Replace("bundles/", _folder + "/", StringComparison.Ordinal));
            string[] less = [.. arguments];
            if (less[0] == "run")
                less = [.. less.Where(word => word != "1").Select(word => word == "--budget-minutes" ? "--epochs" : word), "0,0,2",
                    "--student-size", "16x1x32", "--threads", "1"];

            var (code, text) = ConsoleOutput.Of(() => TrainerCommand.Run(less, TestContext.Current.CancellationToken));

            Assert.True(code == ExitCode.Done, $"{command}\n{text}");
        }
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Edge.sln"))) folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Words();
}
