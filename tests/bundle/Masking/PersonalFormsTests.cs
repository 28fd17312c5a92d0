using Edge.Bundles.Masking;

namespace Edge.Bundle.Tests.Masking;

/// <summary>The table of forms: what must be masked is, what must not change does not.</summary>
public sealed class PersonalFormsTests(ITestOutputHelper output)
{
    private static readonly PersonalDataMasker Masker = new("a key that only tests use"u8);

    [Fact]
    public void Mask_TableOfPersonalForms_FindsNearlyAll()
    {
        var table = PersonalForms.Personal().DistinctBy(form => form.Text).ToList();
        Assert.InRange(table.Count, 400, int.MaxValue);

        var missed = table.Where(form => !IsMasked(form.Text, form.Start, form.End)).ToList();

        Report(table.Count, missed.Count, missed.Select(form => $"{form.Kind}: {form.Text} -> {Masker.Mask(form.Text).Text}"));
        Assert.InRange(1 - (missed.Count / (double)table.Count), 0.97, 1);
    }

    [Fact]
    public void Mask_TableOfHarmlessForms_LeavesNearlyAllAsTheyAre()
    {
        var table = PersonalForms.Harmless().DistinctBy(form => form.Text).ToList();
        Assert.InRange(table.Count, 400, int.MaxValue);

        var changed = table.Where(form => Masker.Mask(form.Text).Text != form.Text).ToList();

        Report(table.Count, changed.Count, changed.Select(form => $"{form.Kind}: {form.Text} -> {Masker.Mask(form.Text).Text}"));
        Assert.InRange(1 - (changed.Count / (double)table.Count), 0.99, 1);
    }

    // Every letter and digit of it lies in something that was replaced.
    private static bool IsMasked(string text, int start, int end)
    {
        var masked = Masker.Mask(text);
        return masked.Text != text && Enumerable.Range(start, end - start)
            .Where(at => IsContent(text[at]))
            .All(at => masked.Items.Any(item => item.Start <= at && at < item.End));
    }

    private static bool IsContent(char sign) =>
        char.IsAsciiLetter(sign) || char.IsNumber(sign) || "零幺一二两三四五六七八九壹贰叁肆伍陆柒捌玖十百".Contains(sign, StringComparison.Ordinal);

    private void Report(int all, int wrong, IEnumerable<string> lines) =>
        output.WriteLine($"{all - wrong} of {all} right ({(all - wrong) * 100.0 / all:F2} %)\n{string.Join('\n', lines)}");
}
