using Edge.Bundles.Common;
using Edge.Trainer.Commands;
using Edge.Trainer.Data.Reading;
using Edge.Trainer.Tests.Data;

namespace Edge.Trainer.Tests.Commands;

public sealed class DataImportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Out => Path.Combine(_folder.Path, "out");

    [Fact]
    public void Command_FilesOfSeveralSplits_AreWrittenAndReadBack()
    {
        var train = _folder.Write("train.conll", "EU B-ORG\n😀 O\n\nParis B-LOC\n");
        var valid = _folder.Write("valid.jsonl", "{\"text\":\"😀 EU\",\"label\":[[2,4,\"ORG\"]]}\n");
        var test = _folder.Write("data_test.jsonl",
            "{\"text\":\"😀 EU\",\"spans\":[{\"start\":2,\"end\":4,\"label\":\"ORG\"}],\"answer\":\"accept\"}\n");

        var (code, text) = Command("data", "import", train, valid, test, "--out", Out);
        var read = DataFolder.Read(Out);

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("train.conll: CoNLL columns in UTF-8; 2 rows, 2 taken and 0 left", text, StringComparison.Ordinal);
        Assert.Contains("train.jsonl: 2 utterances; entities 2 of 2 labels", text, StringComparison.Ordinal);
        Assert.Equal((2, 1, 1), (read.Train.Count, read.Dev.Count, read.Test.Count));
        Assert.All(read.Dev.Concat(read.Test),
            utterance => Assert.Equal("EU", utterance.Text[utterance.Spans["entities"][0].Start..utterance.Spans["entities"][0].End]));
    }

    [Fact]
    public void Command_OutThatIsThere_IsKeptUnlessForced()
    {
        var file = _folder.Write("a.conll", "EU B-ORG\n");
        Assert.Equal(ExitCode.Done, Command("data", "import", file, "--out", Out).Code);

        Assert.Equal(ExitCode.BadInput, Command("data", "import", file, "--out", Out).Code);
        Assert.Equal(ExitCode.Done, Command("data", "import", file, "--out", Out, "--force").Code);
    }

    [Theory]
    [InlineData("a.jsonl", "{\"text\":\"a\",\"intent\":\"x\"}\n", "is of none of these formats")]
    [InlineData("a.jsonl", "{\"text\":\"a\",\"answer\":\"reject\"}\n", "nothing could be taken")]
    public void Command_NothingToTake_IsBadInputAndWritesNothing(string name, string content, string said)
    {
        var (code, text) = Command("data", "import", _folder.Write(name, content), "--out", Out);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Theory]
    [InlineData("train.conll", "EU B-ORG\n😀 O\n", "CoNLL columns")]
    [InlineData("train.jsonl", "{\"tokens\":[\"EU\"],\"ner_tags\":[3]}\n", "token lists with tags")]
    [InlineData("nlu.yml", "version: \"3.1\"\nnlu:\n- intent: a\n  examples: |\n    - b\n", "Rasa (YAML)")]
    [InlineData("train.json", "{\"text\":\"ab\",\"label\":{\"name\":{\"a\":[[0,0]]}}}\n", "CLUENER")]
    public void Run_OnSuchAFileOrItsFolder_SaysWhichCommandToUse(string name, string content, string format)
    {
        var file = _folder.Write(name, content);

        foreach (var data in new[] { file, _folder.Path })
        {
            var (code, text) = Command("run", "--data", data, "--out", Out);
            Assert.Equal(ExitCode.BadInput, code);
            Assert.Contains($"is a file of {format}; read it with: edge-trainer data import \"{file}\" --out DIR", text,
                StringComparison.Ordinal);
        }
    }

    private static (int Code, string Text) Command(params string[] arguments) =>
        ConsoleOutput.Of(() => TrainerCommand.Run(arguments, TestContext.Current.CancellationToken));
}
