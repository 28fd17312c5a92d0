using Edge.Bundles.Tasks;

namespace Edge.Trainer.Evaluation;

/// <summary>Compares two models' answers of one head.</summary>
internal static class PairedHead
{
    /// <summary>The head's figures, the main one first.</summary>
    public static IReadOnlyList<PairedFigure> Compare(JudgedHead first, JudgedHead second)
    {
        var head = first.Head;
        bool[] right = [.. first.Answers.Select(answer => answer.Right)], otherRight = [.. second.Answers.Select(answer => answer.Right)];
        // Both models' answers in one tally: its weights then say whose answer to an utterance counts.
        var both = new HeadTally(head, [.. first.Answers, .. second.Answers]);
        return head.Kind switch
        {
            HeadKind.Single => [CompareRight(head.Name, "accuracy", right, otherRight), CompareFigure(head, "macroF1", both)],
            HeadKind.Score => [CompareFigure(head, "mae", both), CompareFigure(head, "rmse", both)],
            _ => [CompareFigure(head, "f1", both), CompareFigure(head, "macroF1", both),
                CompareRight(head.Name, "exactMatch", right, otherRight)],
        };
    }

    /// <summary>A share of right answers: McNemar's exact test.</summary>
    public static PairedFigure CompareRight(string? head, string figure, bool[] first, bool[] second)
    {
        var difference = Bootstrap.Intervals(first.Length, weights =>
        {
            var sum = 0;
            for (var i = 0; i < weights.Length; i++)
                sum += weights[i] * ((second[i] ? 1 : 0) - (first[i] ? 1 : 0));
            return [(double)sum / weights.Length];
        });
        return new PairedFigure
        {
            Head = head,
            Figure = figure,
            First = (double)first.Count(yes => yes) / first.Length,
            Second = (double)second.Count(yes => yes) / second.Length,
            Difference = difference[0],
            Test = "mcnemar",
            P = SignificanceTests.McNemar(Only(first, second), Only(second, first)),
        };

        static int Only(bool[] right, bool[] other) => right.Zip(other, (yes, no) => yes && !no).Count(only => only);
    }

    private static PairedFigure CompareFigure(HeadDefinition head, string figure, HeadTally both)
    {
        var count = both.Count / 2;
        var place = Array.FindIndex(both.Figures(), entry => entry.Name == figure);
        var (first, second) = (new int[both.Count], new int[both.Count]);
        first.AsSpan(0, count).Fill(1);
        second.AsSpan(count).Fill(1);
        var (a, b) = (Figure(first), Figure(second));
        var interval = Bootstrap.Intervals(count, weights =>
        {
            Array.Clear(first);
            Array.Clear(second);
            weights.CopyTo(first);
            weights.CopyTo(second.AsSpan(count));
            return [Figure(second) - Figure(first)];
        });
        return new PairedFigure
        {
            Head = head.Name,
            Figure = figure,
            First = a,
            Second = b,
            Difference = interval[0],
            Test = "randomization",
            P = ApproximateRandomization.Test(count, Figure),
            LowerIsBetter = head.Kind == HeadKind.Score,
        };

        double Figure(int[] weights) => both.Figures(weights)[place].Value;
    }
}
