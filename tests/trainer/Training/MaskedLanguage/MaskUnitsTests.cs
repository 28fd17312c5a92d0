using Edge.Bundles.Tokenization;
using Edge.Trainer.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Training.MaskedLanguage;

namespace Edge.Trainer.Tests.Training.MaskedLanguage;

public sealed class MaskUnitsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-units-").FullName;

    [Fact]
    public void Continues_PiecesOfAWord_AreOneUnit()
    {
        var tokenizer = Tokenizer(["track", "##ing", "my", "par", "##cel", "##s"]);
        var ids = tokenizer.Encode("tracking my parcels").Ids;
        var units = MaskUnits.Learn(Pieces(), [ids]);

        Assert.Equal([false, false, true, false, false, true, true, false], units.Continues(ids));
    }

    [Fact]
    public void Continues_CharactersThatBelongTogether_AreAPhrase()
    {
        // 快递 and 客服 always stand together, in ever other company.
        string[] others = [.. "我你他她它的了吗呢在有是不要就都说也去到".Select(c => c.ToString())];
        var random = new SeededRandom(1);
        string Other() => random.Pick(others);
        string[] texts = [
            .. Enumerable.Range(0, 400)
                .Select(i => Other() + Other() + (i % 4 == 0 ? "快递" : i % 4 == 1 ? "客服" : Other()) + Other() + Other())];
        var tokenizer = Tokenizer([.. others, "快", "递", "客", "服"]);
        var units = MaskUnits.Learn(Pieces(), texts.Select(text => tokenizer.Encode(text).Ids));

        var continues = units.Continues(tokenizer.Encode("你的快递客服去").Ids); // [CLS] 你 的 快 递 客 服 去 [SEP]
        Assert.Equal([false, false, false, false, true, false, true, false, false], continues);
    }

    [Fact]
    public void Continues_LongChain_IsCutWhereItIsWeakest()
    {
        var tokenizer = Tokenizer([.. "一二三四五六".Select(c => c.ToString()), "甲"]);
        var strong = tokenizer.Encode("一二三四").Ids;
        var chain = tokenizer.Encode("一二三四五六").Ids;
        var noise = tokenizer.Encode(string.Concat(Enumerable.Repeat("甲", 60))).Ids;
        // 四五 is seen less often than the pairs on both sides of it.
        var units = MaskUnits.Learn(Pieces(),
            [.. Enumerable.Repeat(strong, 6), .. Enumerable.Repeat(chain, 3), .. Enumerable.Repeat(tokenizer.Encode("五六").Ids, 4),
                .. Enumerable.Repeat(noise, 5)]);

        Assert.Equal([false, false, true, true, true, false, true, false], units.Continues(chain));
    }

    [Fact]
    public void Draw_WithUnits_HidesWholeUnitsInTheAskedShare()
    {
        var tokenizer = Tokenizer(["track", "##ing", "my", "par", "##cel", "##s"]);
        var encoded = Enumerable.Repeat(tokenizer.Encode("tracking my parcels"), 2000).ToArray();
        var units = MaskUnits.Learn(Pieces(), [encoded[0].Ids]);
        var masked = MaskedWords.Draw(encoded, 0.2, tokenizer, new ResumableRandom(1), units);

        var hidden = masked.Positions.Zip(masked.Words).Where(pair => pair.Second >= 0).Select(pair => pair.First).ToHashSet();
        for (var row = 0; row < encoded.Length; row++)
        {
            bool Hidden(int token) => hidden.Contains((row * 8) + token);
            Assert.Equal(Hidden(1), Hidden(2));
            Assert.True(Hidden(4) == Hidden(5) && Hidden(5) == Hidden(6));
            Assert.False(Hidden(0) || Hidden(7));
        }
        Assert.InRange(hidden.Count / (2000.0 * 6), 0.18, 0.22);
        var kept = masked.Positions.Zip(masked.Words)
            .Count(pair => pair.Second >= 0 && masked.Ids[pair.First / 8][pair.First % 8] == pair.Second);
        Assert.InRange((double)kept / hidden.Count, 0.08, 0.16); // 10 % stay, and of 10 % that become any word one in 6 is the same
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private UtteranceTokenizer Tokenizer(string[] pieces)
    {
        File.WriteAllLines(Path.Combine(_folder, "vocab.txt"), VocabularyBuilder.SpecialPieces.Concat(pieces));
        return UtteranceTokenizer.Load(Path.Combine(_folder, "vocab.txt"), new TokenizerSettings());
    }

    private string[] Pieces() => File.ReadAllLines(Path.Combine(_folder, "vocab.txt"));
}
