using Edge.Bundles.Common;
using Edge.Trainer.Model;
using Edge.Trainer.Pipelines;

namespace Edge.Trainer.Tests.Pipelines;

public sealed class RecipeFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-recipe-").FullName;

    [Fact]
    public void Read_PartOfTheSettings_KeepsTheOtherDefaults()
    {
        var recipe = RecipeFile.Read(Write("""
            {
              // a comment
              "pooling": "cls",
              "teacher": { "learningRate": 5e-5 },
              "mostTeachers": 2,
            }
            """));
        var defaults = new RunRecipe();
        Assert.Equal(
            defaults with { Pooling = Pooling.Cls, Teacher = defaults.Teacher with { LearningRate = 5e-5 }, MostTeachers = 2 }, recipe);
    }

    [Fact]
    public void Read_ManyMistakes_NamesAllWithPlaceAndAllowed()
    {
        var path = Write(
            """{ "teacher": { "learnRate": 1, "batchSize": 1.5 }, "Dropout": 0, "pooling": "max", "student": 3, "distillation": { "softWeight": null } }""");
        var message = Assert.Throws<UserException>(() => RecipeFile.Read(path)).Message;

        Assert.Contains("there is no setting teacher.learnRate; teacher has learningRate, warmUp, ", message, StringComparison.Ordinal);
        Assert.Contains("teacher.batchSize is 1.5; use a whole number", message, StringComparison.Ordinal);
        Assert.Contains("there is no setting Dropout; the settings have pooling, dropout, ", message, StringComparison.Ordinal);
        Assert.Contains("pooling is \"max\"; use \"cls\" or \"mean\"", message, StringComparison.Ordinal);
        Assert.Contains("student is 3; use an object {...}", message, StringComparison.Ordinal);
        Assert.Contains("distillation.softWeight is null; use a number", message, StringComparison.Ordinal);
        Assert.All(message.Split(Environment.NewLine), line => Assert.StartsWith(path + ": ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_NamesOfEarlierReleases_AreTakenWithANoteEach()
    {
        var notes = new List<string>();
        var path = Write(
            """{ "eightBit": { "batchSize": 8 }, "eightBitEpochs": 2, "fineTuning": { "adapters": { "rank": 4 } }, "augmentation": { "lostMarks": 0.5 } }""");

        var recipe = RecipeFile.Read(path, out var problems, notes.Add);

        Assert.Empty(problems);
        Assert.Equal((8, 2, 4, 0.5),
            (recipe.QuantizationAware.BatchSize, recipe.QuantizationAwareEpochs, recipe.FineTuning.Lora!.Rank,
                recipe.Augmentation.LostPunctuation));
        Assert.Equal(
            [$"{path}: eightBit is called quantizationAware now", $"{path}: eightBitEpochs is called quantizationAwareEpochs now",
             $"{path}: adapters is called fineTuning.lora now", $"{path}: lostMarks is called augmentation.lostPunctuation now"],
            notes);
    }

    [Fact]
    public void Read_SettingUnderBothNames_IsRefused() => Assert.Contains(
        "quantizationAwareEpochs is there twice, as eightBitEpochs too",
        Assert.Throws<UserException>(() => RecipeFile.Read(Write("""{ "quantizationAwareEpochs": 1, "eightBitEpochs": 2 }"""))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "teacher": { "rDrop": 1 } }""", "teacher.rDrop is gone: R-Drop doubled the cost")]
    [InlineData("""{ "student": { "weightAverage": 0.99 } }""", "student.weightAverage is gone: an average of the weights")]
    [InlineData("""{ "distillation": { "mixedTexts": 0 } }""", "distillation.mixedTexts is gone: texts put together from pieces")]
    [InlineData("""{ "teacherShare": 0.5 }""",
        "teacherShare is gone: a budget is divided by fixed rules; use mostTeachers and mostStudentEpochs, or run --epochs")]
    [InlineData("""{ "augmentation": { "templates": 0.5 } }""", "augmentation.templates is gone: moving entities into other sentences")]
    public void Read_SettingThatIsGone_SaysWhy(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<UserException>(() => RecipeFile.Read(Write(text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_ValuesOutOfRange_NamesAll()
    {
        var path = Write("""{ "teacher": { "learningRate": 1 }, "dropout": 1, "augmentation": { "fillers": 2 }, "mostTeachers": 0 }""");
        var message = Assert.Throws<UserException>(() => RecipeFile.Read(path)).Message;
        Assert.All(
            new[]
            {
                "teacher.learningRate is 1; use above 0 to 0.1", "dropout is 1; use 0 to below 1", "augmentation.fillers is 2; use 0 to 1",
                "mostTeachers is 0; use 1 to 100"
            },
            problem => Assert.Contains(problem, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]", "no JSON object")]
    [InlineData("{", "no JSON")]
    [InlineData("""{ "dropout": 0, "dropout": 0.1 }""", "no JSON")]
    public void Read_NoSettings_SaysSo(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<UserException>(() => RecipeFile.Read(Write(text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_NoSuchFile_NamesTheOption() =>
        Assert.StartsWith("--config /nowhere/recipe.json: ",
            Assert.Throws<UserException>(() => RecipeFile.Read("/nowhere/recipe.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void Problems_Defaults_HaveNone() => Assert.Empty(new RunRecipe().Problems());

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string text)
    {
        var path = Path.Combine(_folder, "recipe.json");
        File.WriteAllText(path, text);
        return path;
    }
}
