using System.Text.Json;
using Edge.Appliance.Analysis;
using Edge.Appliance.Configuration;
using Edge.Appliance.Tests.Support;
using Edge.Appliance.UncertainCases;
using Edge.Bundles.Common;
using Edge.Bundles.Decoding;
using Edge.Bundles.Masking;
using Edge.Bundles.Tasks;
using Microsoft.Data.Sqlite;

namespace Edge.Appliance.Tests.UncertainCases;

public sealed class UncertainCaseStoreTests : IDisposable
{
    private const string Phone = "13812345678";
    private readonly TestFolder _folder = new();

    private UncertainCaseOptions Options => new() { File = _folder["store/uncertain.db"], MaxMegabytes = 1 };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Add_SameMessageTwice_GivesOneRow_AlsoUnderAnotherMaskingKey()
    {
        using var store = UncertainCaseStore.Open(Options);
        // A redelivery after a restart: another masker, another answer.
        Assert.Equal(1, store.Add([Case("c-1", $"我是{Phone}")]));
        Assert.Equal(0, store.Add([Case("c-1", $"我是{Phone}")]));
        Assert.Equal(1, store.Add([Case("c-2", $"我是{Phone}"), Case("c-2", $"我是{Phone}")]));
        // The sender counts from the start again: another utterance.
        Assert.Equal(1, store.Add([Case("c-1", "我要退款")]));
        // Without id.
        Assert.Equal(1, store.Add([Case(null, "我要退款"), Case(null, "我要退款")]));
    }

    [Fact]
    public void Create_MasksTextContextAndTheAnswersEntities()
    {
        var item = Case("c-1", $"我是{Phone}", context: $"您是{Phone}吗");

        Assert.Equal(13, item.Text.Length);
        Assert.All(new[] { item.Text, item.Context!, item.Answer }, text => Assert.DoesNotContain(Phone, text, StringComparison.Ordinal));
        Assert.Contains($"\"entities\":{{\"PHONE\":\"{item.Text[2..]}\"}}", item.Answer, StringComparison.Ordinal);
        Assert.Contains("\"start\":2,\"end\":13", item.Answer, StringComparison.Ordinal);
        Assert.Equal("""{"entities":0.4}""", item.Confidences);
    }

    [Fact]
    public void Create_MasksWhatTheModelFound_InTextContextAndAnswer()
    {
        const string text = "我叫张三丰，one three eight one two three four five six seven eight，订单U2942";
        var order = text.IndexOf("U2942", StringComparison.Ordinal);

        var item = Create("c-1", text, "您是张三丰吗", [new EntitySpan("PERSON", 2, 5), new EntitySpan("ORDER_NUMBER", order, order + 5)]);

        Assert.All(
            new[] { item.Text, item.Context!, item.Answer }, stored => Assert.DoesNotContain("张三丰", stored, StringComparison.Ordinal));
        Assert.Equal($"您是{item.Text[2..5]}吗", item.Context);
        Assert.DoesNotContain("one three eight one two three", item.Text, StringComparison.Ordinal);
        using var answer = JsonDocument.Parse(item.Answer);
        foreach (var span in answer.RootElement.GetProperty("spans").EnumerateArray())
        {
            var place = span.GetProperty("start").GetInt32()..span.GetProperty("end").GetInt32();
            Assert.Equal(span.GetProperty("text").GetString(), item.Text[place]);
        }
        Assert.Equal("U2942", answer.RootElement.GetProperty("entities").GetProperty("ORDER_NUMBER").GetString());
    }

    [Fact]
    public void IsFull_AtTheLargestSize()
    {
        using var store = UncertainCaseStore.Open(Options);
        Assert.False(store.IsFull());
        store.Add(Enumerable.Range(0, 600).Select(i => Case($"c-{i}", new string('长', 1000))));
        Assert.True(store.IsFull());
    }

    [Fact]
    public void Open_AgainAndByANewerProgram()
    {
        using (var store = UncertainCaseStore.Open(Options))
            store.Add([Case("c-1", "我要退款")]);
        UncertainCaseStore.Open(Options).Dispose();
        Assert.Equal([$"{Schema.Version}"], Database.Query(Options.File, "PRAGMA user_version"));
        Assert.Equal(["wal"], Database.Query(Options.File, "PRAGMA journal_mode"));
        Assert.Single(Database.Query(Options.File, "SELECT * FROM uncertain_case"));

        Database.Query(Options.File, "PRAGMA user_version = 99");
        var problem = Assert.Throws<UserException>(() => UncertainCaseStore.Open(Options));
        Assert.Equal(ExitCode.Environment, problem.ExitCode);
        Assert.Contains($"schema version is 99; this program knows up to {Schema.Version}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SomethingElse_SaysSo()
    {
        var file = _folder.Write("uncertain.db", new string('x', 5000));

        var problem = Assert.Throws<UserException>(() => UncertainCaseStore.Open(new UncertainCaseOptions { File = file }));

        Assert.Contains("cannot be opened", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_LockedFile_ThrowsAndCanBeTriedAgain()
    {
        using var store = UncertainCaseStore.Open(Options);
        using (Database.Lock(Options.File))
            Assert.Throws<SqliteException>(() => store.Add([Case("c-1", "我要退款")]));

        Assert.Equal(1, store.Add([Case("c-1", "我要退款")]));
    }

    [Fact]
    public void IsInPlace_UntilTheFileOrItsLogIsDeletedReplacedOrEmptied()
    {
        using var store = UncertainCaseStore.Open(Options);
        store.Add([Case("c-1", "我要退款")]);
        Assert.True(store.IsInPlace());
        Database.Query(Options.File, "PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.True(store.IsInPlace());

        foreach (var change in new Action[]
        {
            () => File.Delete(Options.File),
            () => File.Delete(Options.File + "-wal"),
            () =>
            {
                File.WriteAllText(Options.File + ".other", "");
                File.Move(Options.File + ".other", Options.File, overwrite: true);
            },
            () => File.WriteAllText(Options.File, ""),
        })
        {
            change();
            Assert.False(store.IsInPlace());
            foreach (var suffix in new[] { "", "-wal", "-shm" })
                File.Delete(Options.File + suffix);
            store.Reopen();
            Assert.True(store.IsInPlace());
            Assert.Equal(1, store.Add([Case("c-2", "我要退款")]));
            Assert.True(store.IsInPlace());
            Assert.Equal(["c-2"], Database.Query(Options.File, "SELECT utterance_id FROM uncertain_case"));
        }
    }

    private static UncertainCase Case(string? id, string text, string? context = null)
    {
        var phone = text.IndexOf(Phone, StringComparison.Ordinal);
        return Create(id, text, context, phone < 0 ? [] : [new EntitySpan("PHONE", phone, phone + Phone.Length, 0.4f)]);
    }

    private static UncertainCase Create(string? id, string text, string? context, EntitySpan[] spans)
    {
        var analyzed = new AnalyzedUtterance
        {
            Text = text,
            Bundle = "b",
            Heads = [new HeadDefinition { Name = "entities", Kind = HeadKind.Span, Labels = ["PHONE"] }],
            Predictions = [
                new HeadPrediction { Head = "entities", Confidence = 0.4f, Spans = spans }],
            Accepted = [false],
            Truncated = false,
        };
        var details = new AnswerDetails { Id = id ?? Guid.NewGuid().ToString("N"), Latency = TimeSpan.FromMilliseconds(1) };
        return new UncertainCaseFactory(new AnswerMasking(new PersonalDataMasker()))
            .Create(new AnsweredUtterance(
                "1", new Utterance { Text = text, Id = id, Context = context }, analyzed, details, DateTimeOffset.UnixEpoch));
    }
}
