using Edge.Appliance.Analysis;
using Edge.Appliance.Configuration;
using Edge.Appliance.Health;
using Edge.Appliance.Tests.Support;
using Edge.Appliance.UncertainCases;
using Edge.Bundles.Decoding;
using Edge.Bundles.Masking;
using Edge.Bundles.Tasks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Edge.Appliance.Tests.UncertainCases;

public sealed class UncertainCaseServiceTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly HealthState _health = new(TimeProvider.System);

    private UncertainCaseOptions Options => new() { File = _folder["uncertain.db"] };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Store_MasksOnItsOwnTask_FromWhatTheAnswerHadWhenItWasKept()
    {
        var queue = new UncertainCaseQueue(Options, new Metrics(), _health, TimeProvider.System);
        var answered = Answered("c-1", "我是13812345678");
        var stored = queue.StoreAsync(answered);
        // The answer is out, and its memory serves the next utterance.
        answered.Analyzed.Predictions[0] = new HeadPrediction { Head = "entities", Confidence = 1 };
        answered.Analyzed.Accepted[0] = true;
        Assert.False(stored.IsCompleted);

        await RunAsync(queue, stored);

        var row = Assert.Single(Database.Query(Options.File, "SELECT answer FROM uncertain_case"));
        Assert.Contains("\"PHONE\":\"1", row, StringComparison.Ordinal);
        Assert.Contains("\"accepted\":{\"entities\":false}", row, StringComparison.Ordinal);
        Assert.DoesNotContain("13812345678", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_ACaseThatCannotBeMasked_IsLeftOutWithAWarning_AndTheOthersAreStored()
    {
        var queue = new UncertainCaseQueue(Options, new Metrics(), _health, TimeProvider.System);
        var broken = queue.StoreAsync(Answered("c-1", null!));
        var whole = queue.StoreAsync(Answered("c-2", "我要退款"));

        await RunAsync(queue, Task.WhenAll(broken, whole));

        Assert.Equal(["c-2"], Database.Query(Options.File, "SELECT utterance_id FROM uncertain_case"));
        Assert.Equal("case-not-masked", Assert.Single(_health.Warnings).Code);
    }

    private async Task RunAsync(UncertainCaseQueue queue, Task stored)
    {
        using var store = UncertainCaseStore.Open(Options);
        using var service = new UncertainCaseService(
            queue, new UncertainCaseFactory(new AnswerMasking(new PersonalDataMasker())),
            store, Options, new Metrics(), _health, TimeProvider.System,
            NullLogger<UncertainCaseService>.Instance);
        await service.StartAsync(TestContext.Current.CancellationToken);
        await stored.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await service.StopAsync(TestContext.Current.CancellationToken);
    }

    private static AnsweredUtterance Answered(string id, string text)
    {
        var analyzed = new AnalyzedUtterance
        {
            Text = text,
            Bundle = "b",
            Heads = [new HeadDefinition { Name = "entities", Kind = HeadKind.Span, Labels = ["PHONE"] }],
            Predictions = [
                new HeadPrediction
                {
                    Head = "entities", Confidence = 0.4f, Spans = text?.Length > 5 ? [new EntitySpan("PHONE", 2, text.Length, 0.4f)] : [],
                }],
            Accepted = [false],
            Truncated = false,
        };
        var details = new AnswerDetails { Id = id, Latency = TimeSpan.FromMilliseconds(1) };
        return new AnsweredUtterance("1", new Utterance { Text = text!, Id = id }, analyzed, details, DateTimeOffset.UnixEpoch);
    }
}
