using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Edge.Bundle.Tests.Support;
using Edge.Bundles.Tokenization;

namespace Edge.Bundle.Tests.Tokenization;

/// <summary>Ids of Hugging Face's tokenizer, recorded by tests/golden/regenerate-tokens.mjs.</summary>
public sealed class GoldenTokensTests
{
    [Theory]
    [InlineData("uncased", true)]
    [InlineData("cased", false)]
    public void Encode_MadeUtterances_EqualsHuggingFace(string golden, bool lowerCase)
    {
        var tokenizer = UtteranceTokenizer.Load(Repository.Golden("tokens.vocab.txt"), new TokenizerSettings { LowerCase = lowerCase });
        List<string> differences = [];
        foreach (var line in File.ReadLines(Repository.Golden($"tokens.{golden}.jsonl")))
        {
            using var expected = JsonDocument.Parse(line);
            var root = expected.RootElement;
            var repeat = root.TryGetProperty("repeat", out var times) ? times.GetInt32() : 1;
            var text = string.Concat(Enumerable.Repeat(ReadText(root), repeat));
            var ids = string.Join(",", Ids(tokenizer, text));
            if ($"[{ids}]" != root.GetProperty("ids").GetRawText())
                differences.Add($"{root.GetProperty("text").GetRawText()}: {ids}");
        }

        Assert.Empty(differences);
    }

    [Theory]
    [InlineData("bert-base-chinese")]
    [InlineData("bert-base-uncased")]
    public void Encode_DevelopmentData_EqualsHuggingFace(string vocabulary)
    {
        Assert.SkipUnless(Directory.Exists(Repository.SharedData), $"{Repository.SharedData} is not there");
        var file = Path.Combine(Repository.SharedData, "vocab", $"{vocabulary}.vocab.txt");
        var tokenizer = UtteranceTokenizer.Load(file, new TokenizerSettings());
        using var golden = JsonDocument.Parse(File.ReadAllText(Repository.Golden("tokens.data.json")));
        foreach (var expected in golden.RootElement.GetProperty(vocabulary).EnumerateObject())
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var line in File.ReadLines(Path.Combine(Repository.SharedData, expected.Name)))
            {
                using var utterance = JsonDocument.Parse(line);
                var ids = Ids(tokenizer, utterance.RootElement.GetProperty("text").GetString()!);
                hash.AppendData(Encoding.ASCII.GetBytes(string.Join(",", ids) + "\n"));
            }

            Assert.Equal(expected.Value.GetString(), Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
    }

    private static int[] Ids(UtteranceTokenizer tokenizer, string text) => tokenizer.Encode(text, maxLength: 100_000).Ids[1..^1];

    // Lone surrogates are no JSON text for .NET; the golden file escapes them, and HF's reference drops them.
    private static string ReadText(JsonElement root)
    {
        var raw = root.GetProperty("text");
        try
        {
            return raw.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return System.Text.RegularExpressions.Regex.Unescape(raw.GetRawText()[1..^1]);
        }
    }
}
