using Edge.Bundles.Common;
using Edge.Bundles.Decoding;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Cleaning;
using Edge.Trainer.Data.Reading;
using Edge.Trainer.Pipelines;
using FsCheck;
using FsCheck.Fluent;

namespace Edge.Trainer.Tests.Data.Cleaning;

public class CleanerTests
{
    [Fact]
    public void Apply_MarksOfRecognition_AreTakenOutAndSpansMove()
    {
        var cleaner = new Cleaner(
            [new() { Pattern = @"\[[a-z]+\]" }, new() { Pattern = @"(\d)\s+(?=\d)", Replacement = "$1" }, new() { Pattern = "嗯+，?" }]);

        var result = Assert.Single(
            cleaner.Apply([New("[noise]嗯嗯，查订单1 2 3 4[cough]", new EntitySpan("ORDER", 13, 20)) with { Context = "[music]您好" }]));

        Assert.Equal("查订单1234", result.Text);
        Assert.Equal([new EntitySpan("ORDER", 3, 7)], result.Spans["entities"]);
        Assert.Equal("您好", result.Context);
        Assert.Empty(cleaner.Notes);
    }

    [Fact]
    public void Apply_RuleThatCutsAnEntity_IsLeftOutThereAndNoted()
    {
        var cleaner = new Cleaner([new() { Pattern = "号码U" }]);
        var utterance = New("号码U2942和号码U1", new EntitySpan("ORDER", 2, 7)) with { File = "train.jsonl", Line = 4 };

        Assert.Equal("号码U2942和1", Assert.Single(cleaner.Apply([utterance])).Text);
        Assert.Equal(
            "Cleaning rule 1 (号码U) would cut or remove entities and was not applied there: train.jsonl:4.", Assert.Single(cleaner.Notes));
    }

    [Fact]
    public void Apply_RuleThatRemovesAnEntityPieceByPiece_IsLeftOutThere()
    {
        var cleaner = new Cleaner([new() { Pattern = "[0-9]" }]);

        var cleaned = Assert.Single(cleaner.Apply([New("1号2942", new EntitySpan("ORDER", 2, 6))]));

        Assert.Equal(("号2942", 1, 5), (cleaned.Text, cleaned.Spans["entities"][0].Start, cleaned.Spans["entities"][0].End));
        Assert.Single(cleaner.Notes);
    }

    [Fact]
    public void Apply_NothingLeft_LeavesTheRowOut()
    {
        var cleaner = new Cleaner([new() { Pattern = @"\[.*?\]" }]);

        Assert.Equal(
            ["好"], cleaner.Apply([New("[noise] [noise]") with { File = "a.jsonl", Line = 2 }, New("好[noise]")]).Select(u => u.Text));
        Assert.Contains("a.jsonl:2", Assert.Single(cleaner.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_AnyRuleAndSpan_KeepsTheSpanOnWhatWasLeftOfIt()
    {
        var cases = from text in Gen.Elements('a', 'b', 'c', ' ', '1').ArrayOf(20).Select(units => new string(units))
                    from start in Gen.Choose(0, 18)
                    from length in Gen.Choose(1, 6)
                    from rule in Gen.Elements(" ", "a+", "[0-9]", "b(c)", "c{2}", @"\s+b")
                    from replacement in Gen.Elements("", "X", "$0$0")
                    select (text, new EntitySpan("E", start, Math.Min(20, start + length)),
                        new CleaningRule { Pattern = rule, Replacement = replacement });

        Prop.ForAll(cases.ToArbitrary(), input =>
        {
            var (text, span, rule) = input;
            if (string.IsNullOrWhiteSpace(text)) return;
            var cleaner = new Cleaner([rule]);
            var result = Assert.Single(cleaner.Apply([New(text, span)]));
            var now = result.Spans["entities"][0];
            Assert.InRange(now.Start, 0, now.End - 1);
            Assert.InRange(now.End, 1, result.Text.Length);
            // Nothing that a rule left alone is lost: what is before, within and behind, cleaned by itself, makes the cleaned text.
            if (!cleaner.Notes.Any())
                Assert.Equal(System.Text.RegularExpressions.Regex.Replace(text, rule.Pattern, rule.Replacement), result.Text);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Apply_CatastrophicPattern_EndsWithItsName()
    {
        var error =
            Assert.Throws<DataException>(() => new Cleaner([new() { Pattern = @"(?!z)(a+)+$" }]).Apply([New(new string('a', 60) + "!")]));

        Assert.Contains("Cleaning rule 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RecipeWithCleaning_IsTaken()
    {
        using var folder = new TempFolder();
        var good = folder.Write("good.json", """{"data":{"cleaning":[{"pattern":"\\[noise\\]"}],"removeNearDuplicates":true}}""");
        var bad = folder.Write("bad.json", """{"data":{"cleaning":[{"pattern":"("},{"pattern":"a*"}],"nearDuplicateSimilarity":2}}""");

        var recipe = RecipeFile.Read(good);
        Assert.True(recipe.Data.RemoveNearDuplicates);
        Assert.Equal(@"\[noise\]", Assert.Single(recipe.Data.Cleaning).Pattern);
        var message = Assert.Throws<UserException>(() => RecipeFile.Read(bad)).Message;
        Assert.Contains("data.cleaning[0]: pattern '(' is no regular expression", message, StringComparison.Ordinal);
        Assert.Contains("data.cleaning[1]: pattern 'a*' matches the empty text", message, StringComparison.Ordinal);
        Assert.Contains("data.nearDuplicateSimilarity is 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void DataFolder_RemoveNearDuplicates_KeepsTheFirstAndWhatIsAnnotatedOtherwise()
    {
        using var folder = new TempFolder();
        folder.Write("train.jsonl",
            "{\"text\":\"送餐太慢了！\",\"s\":\"n\"}\n{\"text\":\"送餐太慢了…\",\"s\":\"n\"}\n" +
            "{\"text\":\"送餐太慢了\",\"s\":\"p\"}\n{\"text\":\"好吃\",\"s\":\"p\"}\n");
        folder.Write("dev.jsonl", "{\"text\":\"送餐太慢了！！\",\"s\":\"n\"}\n");
        folder.Write("test.jsonl", "{\"text\":\"慢\",\"s\":\"n\"}\n");

        var data = DataFolder.Read(folder.Path, new DataReadOptions { Preparation = new DataPreparation { RemoveNearDuplicates = true } });

        Assert.Equal([1, 3, 4], data.Train.Select(u => u.Line));
        Assert.Single(data.Dev);
        Assert.Contains("1 of 4 training utterances were left out", Assert.Single(data.Notes), StringComparison.Ordinal);
    }

    private static LabelledUtterance New(string text, params EntitySpan[] spans) =>
        new() { Text = text, Spans = new Dictionary<string, IReadOnlyList<EntitySpan>> { ["entities"] = spans } };
}
