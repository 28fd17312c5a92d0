using System.CommandLine;
using Edge.Trainer.Commands;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;
using Edge.Trainer.Synthesis;
using Edge.Trainer.Tests.Data;

namespace Edge.Trainer.Tests.Synthesis;

public class SynthFolderTests
{
    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void Write_Folder_IsReadBackAsWritten(string language)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "demo");

        var written = SynthFolder.Write(new SynthOptions { Out = path, Count = 1000, Language = language });
        var read = DataFolder.Read(path);

        Assert.Equal((800, 100, 100), (read.Train.Count, read.Dev.Count, read.Test.Count));
        Assert.Equal(TrainingDataFingerprint.Of(written.Train), TrainingDataFingerprint.Of(read.Train));
        // An order number may run into the number of the day that follows it: callers do not pause.
        Assert.All(read.Notes, note => Assert.Contains("begin or end within a word or a number", note, StringComparison.Ordinal));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal(language, TaskInference.Infer(read.Train).Language);
    }

    [Fact]
    public void Write_FolderNotEmpty_IsRefusedUnlessForced()
    {
        using var folder = new TempFolder();
        folder.Write("notes.txt", "mine");
        var options = new SynthOptions { Out = folder.Path, Count = 100 };

        Assert.Contains("--force", Assert.Throws<DataException>(() => SynthFolder.Write(options)).Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Path, "notes.txt")));

        SynthFolder.Write(options with { Force = true });
        Assert.Equal(["dev.jsonl", "test.jsonl", "train.jsonl"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(99, "zh", "--count is 99; use 100 to 10000000")]
    [InlineData(100, "fr", "--language is 'fr'; use zh or en")]
    public void Write_OptionOutOfRange_SaysTheRange(int count, string language, string message)
    {
        using var folder = new TempFolder();

        Assert.Contains(message, Assert.Throws<DataException>(() =>
            SynthFolder.Write(new SynthOptions { Out = Path.Combine(folder.Path, "x"), Count = count, Language = language })).Message,
            StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Command_BadOption_ExitsWith2()
    {
        using var folder = new TempFolder();
        Assert.Equal(2, Run(folder, "--count", "1").Code);
    }

    [Fact]
    public void Command_Utterances_AreCountedAndShown()
    {
        using var folder = new TempFolder();
        var (code, text) = Run(folder, "--count", "200");

        Assert.Equal(0, code);
        Assert.Contains("160 utterances for training, 20 dev, 20 test", text, StringComparison.Ordinal);
        Assert.Matches("sentiment: [0-9] labels: ([^ ]+ [0-9]+(, )?)+\n", text);
        Assert.Contains("Next: edge-trainer run", text, StringComparison.Ordinal);
    }

    private static (int Code, string Text) Run(TempFolder folder, params string[] options) => ConsoleOutput.Of(
        () => new RootCommand { SynthCommand.Create() }.Parse(["synth", "--out", Path.Combine(folder.Path, "x"), .. options]).Invoke());
}
