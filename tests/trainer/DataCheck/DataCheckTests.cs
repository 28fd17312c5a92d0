using System.Text.Json.Nodes;
using Edge.Bundles.Common;
using Edge.Trainer.Commands;
using Edge.Trainer.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;
using Edge.Trainer.DataCheck;
using Edge.Trainer.Tests.Data;
using Spectre.Console;

namespace Edge.Trainer.Tests.DataCheck;

public sealed class DataCheckTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_Data_CountsWhatIsThere()
    {
        WriteData();
        var check = Check(out _);

        var (train, dev, test) = (check.Splits[0], check.Splits[1], check.Splits[2]);
        Assert.Equal((42, 1, 1), (train.Utterances, train.Duplicates, train.NearDuplicates));
        Assert.Equal((20, 0, 0), (dev.Utterances, dev.InTrain, dev.NearlyInTrain));
        Assert.Equal((22, 1, 1), (test.Utterances, test.InTrain, test.NearlyInTrain));
        var intent = check.Heads[0];
        Assert.Equal("intent", intent.Head.Name);
        Assert.Equal([42, 20, 22], intent.Annotated);
        Assert.Equal(("pay", 22), (intent.Labels[0].Label, intent.Labels[0].Counts[0]));
        Assert.Equal(["cancel"], intent.Unlearnable);
        var entities = check.Heads[1];
        Assert.Equal(20, entities.Values["order"].Different);
        Assert.Equal("FIRST", entities.Values["order"].Frequent[0]);
        Assert.Equal(1, entities.NewValues);
        var conflict = Assert.Single(check.Conflicts);
        Assert.Equal("intent: track in train.jsonl:1; pay in train.jsonl:41 \"order FIRST where\"", conflict.ToString());
        Assert.Equal(
            ["4.5 % of test (1 utterances) is in train too: its figures will flatter; keep equal utterances in one split"], check.Errors);
    }

    [Fact]
    public void Command_BadRowsAndLeakage_IsCodeOneAndNamesAll()
    {
        WriteData();
        File.AppendAllText(Path.Combine(_folder.Path, "train.jsonl"),
            "{\"intent\":\"pay\"}\n{\"text\":\"x\",\"entities\":[{\"label\":\"order\",\"start\":0,\"end\":9}]}\n");

        var (code, text) = Command("data", "check", _folder.Path, "--suspicious", "5");

        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("train.jsonl:43: the row has no \"text\"", text, StringComparison.Ordinal);
        Assert.Contains("train.jsonl:44:", text, StringComparison.Ordinal);
        Assert.Contains("error: 2 rows cannot be used", text, StringComparison.Ordinal);
        Assert.Contains("intent is pay, more likely track", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_OfACheck_HasEverything()
    {
        WriteData();

        var json = JsonNode.Parse(DataCheckJson.Of(Check(out _)).ToJsonString())!;

        Assert.False(json["ok"]!.GetValue<bool>());
        Assert.Equal(42, json["splits"]!["train"]!["utterances"]!.GetValue<int>());
        Assert.Equal(22, json["heads"]!["intent"]!["labels"]!["pay"]!["train"]!.GetValue<int>());
        Assert.Equal(41, json["conflicts"]![0]!["members"]![1]!["line"]!.GetValue<int>());
        Assert.Empty(json["suspicious"]!.AsArray());
    }

    [Fact]
    public void Json_OfManySuspiciousAnnotations_HasAll()
    {
        WriteData();
        var utterance = new LabelledUtterance { Text = "order" };
        var check = Check(out _) with
        {
            Suspicious =
            [
                .. Enumerable.Range(0, 30).Select(_ => new SuspiciousLabel(utterance, "intent", "pay", "track", 0.1, 0.9)),
                new SuspiciousLabel(utterance, "fit", "0.1", "0.9", 0, 0) { ScoreError = 0.8 },
            ],
        };

        var json = DataCheckJson.Of(check)["suspicious"]!.AsArray();

        Assert.Equal(31, json.Count);
        Assert.Equal(0.9, json[0]!["suggestedProbability"]!.GetValue<double>());
        Assert.Null(json[0]!["error"]);
        Assert.Equal(0.8, json[30]!["error"]!.GetValue<double>());
        Assert.Null(json[30]!["suggestedProbability"]);
        Assert.Contains("fit is 0.1, expected is 0.9 (off by 0.80)", Printed(check, 50), StringComparison.Ordinal);
        Assert.Contains("and 21 more; --json lists them all", Printed(check, 10), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("test")]
    public void Command_EveryRowOfAFileBad_ListsThemAndIsCodeOne(string split)
    {
        WriteData();
        _folder.Write(split + ".jsonl", string.Concat(Enumerable.Repeat("{\"intent\":\"pay\"}\n", 25)));

        var (code, text) = Command("data", "check", _folder.Path);
        var (jsonCode, json) = Command("data", "check", _folder.Path, "--json");

        Assert.Equal((ExitCode.Refused, ExitCode.Refused), (code, jsonCode));
        Assert.Contains($"{split}.jsonl:1: the row has no \"text\"", text, StringComparison.Ordinal);
        Assert.Contains("and 5 more; --json lists them all", text, StringComparison.Ordinal);
        Assert.Contains("error: 25 rows cannot be used", text, StringComparison.Ordinal);
        Assert.Equal(25, JsonNode.Parse(json)!["badRows"]!.AsArray().Count);
        Assert.False(JsonNode.Parse(json)!["ok"]!.GetValue<bool>());
    }

    [Fact]
    public void Command_BadRowsAndThenTooFewToSplit_ShowsBoth()
    {
        _folder.Write("train.jsonl", "{\"text\":\"a\",\"intent\":\"x\"}\n{\"text\":\"b\",\"intent\":\"y\"}\n{\"intent\":\"x\"}\n");

        var (code, text) = Command("data", "check", _folder.Path);
        var json = JsonNode.Parse(Command("data", "check", _folder.Path, "--json").Text)!;

        Assert.Equal(ExitCode.Refused, code);
        Assert.StartsWith($"{_folder.Path}/train.jsonl: JSON Lines in UTF-8; 3 rows, 2 utterances and 1 that cannot be used", text,
            StringComparison.Ordinal);
        Assert.Contains("train.jsonl:3: the row has no \"text\"", text, StringComparison.Ordinal);
        Assert.Contains("too few to split a", text, StringComparison.Ordinal);
        Assert.Equal((3, 2), (json["files"]![0]!["rows"]!.GetValue<int>(), json["files"]![0]!["utterances"]!.GetValue<int>()));
        Assert.Equal(2, json["errors"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("--offsets", "characters")]
    [InlineData("--suspicious", "-1")]
    [InlineData("--task", "/nowhere.json")]
    [InlineData("--map", "=")]
    public void Command_BadOption_IsCodeTwo(string option, string value)
    {
        WriteData();
        Assert.Equal(ExitCode.BadInput, Command("data", "check", _folder.Path, option, value).Code);
    }

    [Fact]
    public void Print_MarkupInTexts_IsPrintedAsItStands()
    {
        _folder.Write("train.jsonl",
            string.Concat(
                Enumerable.Range(0, 30).Select(i => $"{{\"text\":\"[red]{i}[/]\",\"tag\":\"{(i % 2 == 0 ? "[a]" : "[/b]")}\"}}\n")));
        var check = Check(out var text);

        Assert.Contains("[/b]", text, StringComparison.Ordinal);
        Assert.Empty(check.Errors);
    }

    private DataCheckResult Check(out string text)
    {
        var check = DataCheckResult.Run(DataFolder.Read(_folder.Path), null, [], suspicious: false, TestContext.Current.CancellationToken);
        text = Printed(check, 10);
        return check;
    }

    private static string Printed(DataCheckResult check, int suspicious)
    {
        using var writer = new StringWriter();
        new DataCheckPrinter(AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) }))
            .Print(check, suspicious);
        return writer.ToString();
    }

    private static (int Code, string Text) Command(params string[] arguments) =>
        ConsoleOutput.Of(() => TrainerCommand.Run(arguments, TestContext.Current.CancellationToken));

    // 40 clean rows; then one text again with another intent, and one nearly again.
    private void WriteData()
    {
        _folder.Write("train.jsonl", Track("FIRST") + string.Concat(Enumerable.Range(1, 19).Select(i => Track(Word(i))))
            + string.Concat(Enumerable.Range(0, 20).Select(i => Pay(Word(100 + i))))
            + "{\"text\":\"order FIRST where\",\"intent\":\"pay\",\"entities\":[{\"label\":\"order\",\"start\":6,\"end\":11}]}\n"
            + Pay(Word(101) + "!"));
        _folder.Write("dev.jsonl", string.Concat(Enumerable.Range(0, 20).Select(i => Pay(Word(200 + i)))));
        _folder.Write("test.jsonl",
            string.Concat(Enumerable.Range(0, 19).Select(i => Track(Word(300 + i)))) + Pay(Word(102)) + Pay(Word(103) + "!")
            + "{\"text\":\"stop everything at once\",\"intent\":\"cancel\",\"entities\":[]}\n");
    }

    // Words that share nothing.
    private static string Word(int seed)
    {
        var random = new SeededRandom(seed);
        return string.Concat(Enumerable.Range(0, 14).Select(_ => (char)('a' + random.Next(26))));
    }

    private static string Track(string order) =>
        $"{{\"text\":\"order {order} where\",\"intent\":\"track\",\"entities\":[{{\"label\":\"order\",\"start\":6,\"end\":" +
        $"{6 + order.Length}}}]}}\n";

    private static string Pay(string what) => $"{{\"text\":\"pay {what}\",\"intent\":\"pay\",\"entities\":[]}}\n";
}
