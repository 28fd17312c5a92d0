using Edge.Bundles.Masking;
using Edge.Trainer.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Stress;
using Edge.Trainer.Synthesis;

namespace Edge.Trainer.Tests.Synthesis;

/// <summary>The demonstration's test data, as they are and as speech recognition writes them: what masking changes of them.</summary>
public sealed class MaskedDemonstrationTests(ITestOutputHelper output)
{
    private static readonly PersonalDataMasker Masker = new("a key that only tests use"u8);
    private static readonly string[] Harmless =
        ["ORDER_NUMBER", "TRACKING_NUMBER", "AMOUNT", "DATA_AMOUNT", "DATE", "PLAN", "PRODUCT", "EXPRESS_COMPANY"];

    [Theory]
    [InlineData("zh", false)]
    [InlineData("zh", true)]
    [InlineData("en", false)]
    [InlineData("en", true)]
    public void Mask_Demonstration_FindsTelephoneNumbersAndLeavesOrders(string language, bool isNoisy)
    {
        var utterances = Utterances(language, isNoisy);
        Dictionary<string, (int All, int Changed)> counts = [];
        List<string> wrong = [];
        foreach (var utterance in utterances)
        {
            var masked = Masker.Mask(utterance.Text);
            foreach (var span in utterance.Spans.Values.SelectMany(spans => spans))
            {
                var said = utterance.Text[span.Start..span.End];
                // The last four digits alone are nobody's number.
                var digits = char.IsAsciiLetter(said[0]) ? said.Split(' ').Length : said.Count(char.IsLetterOrDigit);
                var label = span.Label == "PHONE_NUMBER" && digits < 7 ? "the end of a PHONE_NUMBER" : span.Label;
                var isChanged = masked.Items.Any(item => item.Start < span.End && span.Start < item.End);
                var (all, changed) = counts.GetValueOrDefault(label);
                counts[label] = (all + 1, changed + (isChanged ? 1 : 0));
                if (isChanged ? Harmless.Contains(label) : label == "PHONE_NUMBER")
                    wrong.Add($"{label}: {said} in {utterance.Text} -> {masked.Text}");
            }
        }

        foreach (var (label, (all, changed)) in counts)
            output.WriteLine($"{label}: {changed} of {all} changed");
        output.WriteLine(string.Join('\n', wrong));
        // Ten digits in one piece, and no word beside them: the English demonstration has order numbers of that form too.
        Assert.InRange(counts["PHONE_NUMBER"].Changed / (double)counts["PHONE_NUMBER"].All, language == "zh" ? 0.97 : 0.94, 1);
        var harmless = Harmless.Sum(label => counts.GetValueOrDefault(label).All);
        var harmed = Harmless.Sum(label => counts.GetValueOrDefault(label).Changed);
        Assert.InRange(1 - (harmed / (double)harmless), 0.99, 1);
    }

    [Theory]
    [InlineData("zh", true)]
    [InlineData("en", true)]
    public void Mask_DemonstrationWithItsSpans_LeavesNoNameAndNoAddress(string language, bool isNoisy)
    {
        foreach (var utterance in Utterances(language, isNoisy))
        {
            var spans = utterance.Spans.Values.SelectMany(spans => spans).ToList();
            var masked = Masker.Mask(utterance.Text, spans);
            foreach (var span in spans.Where(span => span.Label is "PERSON" or "ADDRESS" or "PHONE_NUMBER"))
            {
                var (start, end) = masked.Place(span.Start, span.End);
                Assert.NotEqual(utterance.Text[span.Start..span.End], masked.Text[start..end]);
            }
        }
    }

    private static List<LabelledUtterance> Utterances(string language, bool isNoisy)
    {
        var utterances = new Synthesizer(language, 1).Make(Split.Test, 3000);
        SpeechNoise noise = new(language);
        SeededRandom random = new(1);
        return [.. utterances.Select(utterance => isNoisy ? noise.Apply(utterance, random) : utterance)];
    }
}
