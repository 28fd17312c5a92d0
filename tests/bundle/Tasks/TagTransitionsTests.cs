using System.Text.Json;
using Edge.Bundles.Tasks;

namespace Edge.Bundle.Tests.Tasks;

public sealed class TagTransitionsTests
{
    [Fact]
    public void Json_WrittenAndReadAgain_IsTheSame()
    {
        var json = JsonSerializer.Serialize(new TagTransitions([-0.5f, -1, 0], [new(0, 1, 0.25f), new(1, 2, 1.5f)]));

        Assert.Equal("""{"unseen":[-0.5,-1,0],"seen":[[0,1,0.25],[1,2,1.5]]}""", json);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<TagTransitions>(json)));
    }

    [Theory]
    [InlineData("""{"unseen":[0],"seen":[[0,1,0.25]]}""", "there are 1 tags")]
    [InlineData("""{"unseen":[0,0],"seen":[[0,1,-1]]}""", "not below")]
    [InlineData("""{"unseen":[0,0],"seen":[[0,1,1],[0,1,2]]}""", "two bonuses")]
    [InlineData("""{"unseen":[0,0],"seen":[[0,1]]}""", "[previous, next, bonus]")]
    [InlineData("""{"seen":[]}""", "unseen")]
    public void Json_Wrong_SaysWhat(string json, string reason)
    {
        var problem = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TagTransitions>(json));

        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }
}
