using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Edge.Appliance.Answering;
using Edge.Appliance.Configuration;
using Edge.Appliance.Mqtt;
using Edge.Appliance.Tests.Support;
using Edge.Tests.Support;

namespace Edge.Appliance.Tests;

/// <summary>Runs the examples of docs/reference/mqtt.md.</summary>
public sealed partial class DocumentationTests(SharedBundles bundles)
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mqtt.md"));

    [Fact]
    public async Task Examples_AreWhatTheApplianceTakesAndGives()
    {
        using var folder = new TestFolder();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var caller = await Caller.ConnectAsync(broker.Port);
        await using var appliance = await ApplianceProcess.ServeAsync(bundles.Certain, broker.Port, folder["uncertain.db"]);
        var answers = Examples("answer").Select(answer => JsonElement.Parse(answer)).ToList();

        var status = await caller.HearJsonAsync("edge/status/");
        AssertSameKeys(JsonElement.Parse(Examples("status").First()), status);

        Assert.Equal(2, Examples("utterance").Count());
        foreach (var utterance in Examples("utterance"))
        {
            await caller.SayAsync(utterance);
            var answer = await caller.HearJsonAsync("edge/analysis/1");
            Assert.Equal(JsonElement.Parse(utterance).GetProperty("id").GetString(), answer.GetProperty("id").GetString());
            AssertSameKeys(answers[0], answer, optional: "late");
            AssertSameKeys(answers[0].GetProperty("confidence"), answer.GetProperty("confidence"));
            foreach (var span in answer.GetProperty("spans").EnumerateArray())
                AssertSameKeys(answers[0].GetProperty("spans")[0], span);
        }

        await caller.SayAsync("""{"id":"c-19","text":""}""");
        Assert.Equal(JsonElement.Parse(Examples("error").Single()).GetRawText(), Compact(await caller.HearJsonAsync("edge/error/1")));

        var readiness = JsonElement.Parse(Examples("readiness").Single());
        var (_, found) = await appliance.GetReadinessAsync();
        AssertSameKeys(readiness, found);
        AssertSameKeys(readiness.GetProperty("checks"), found.GetProperty("checks"));

        appliance.Terminate();
        await caller.WaitUntilOnlineAsync("offline");
    }

    [Fact]
    public void Answers_HoldTogether()
    {
        const string text = "帮我查一下订单U2942,怎么还没到,气死我了";
        var answer = JsonElement.Parse(Examples("answer").First());
        var span = answer.GetProperty("spans")[0];

        Assert.Equal("U2942", text[span.GetProperty("start").GetInt32()..span.GetProperty("end").GetInt32()]);
        Assert.Contains(text, Examples("utterance").First(), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryErrorCode_IsExplained()
    {
        foreach (var code in ErrorCodes.All)
            Assert.Contains($"| `{code}` |", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void EverySettingOfTheBroker_IsExplainedWithItsDefault()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "operate.md"));
        foreach (var setting in BrokerSettings.For(new ApplianceOptions()))
            Assert.Contains($"| `{setting.Name}` |", page, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Examples(string kind) =>
        ExamplePattern().Matches(Page).Where(match => match.Groups[1].Value == kind).Select(match => match.Groups[2].Value.Trim());

    private static void AssertSameKeys(JsonElement documented, JsonElement found, string? optional = null) => Assert.Equal(
        documented.EnumerateObject().Select(property => property.Name),
        found.EnumerateObject().Select(property => property.Name).Where(name => name != optional));

    private static string Compact(JsonElement element)
    {
        var text = new StringBuilder(element.GetRawText());
        return text.Replace("\":", "\": ").Replace(",\"", ", \"").ToString();
    }

    [GeneratedRegex("```json (\\w+)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ExamplePattern();
}
