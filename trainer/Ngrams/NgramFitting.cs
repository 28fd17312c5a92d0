using Edge.Bundles.Tasks;
using Edge.Trainer.Common;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Examples;
using Edge.Trainer.LinearModels;

namespace Edge.Trainer.Ngrams;

/// <summary>
/// Makes the n-gram table of a training set: 1. finds n-grams; 2. learns; 3. keeps the important ones; 4. goes on with these.
/// </summary>
internal static class NgramFitting
{
    private const int LastPasses = 2; // with the n-grams that were kept
    private const long MostLearned = 50_000_000; // scores, 4 bytes and as many of their squares
    private const double TagRate = 0.1;
    private const double TagSquare = 0.01;
    private const double LabelSquare = 1e-3;

    /// <summary>Fits a table.</summary>
    /// <param name="task">Heads with their labels and transitions.</param>
    /// <param name="train">Training set, with variants.</param>
    /// <param name="dev">Chooses the step of heads that choose labels, and whether they learn from variants and read triples.</param>
    /// <param name="options">What to learn.</param>
    /// <param name="seed">Order of the examples.</param>
    /// <param name="cancellation">Ends between two examples.</param>
    /// <returns>The table; <c>null</c> where no head or no n-gram is there to learn.</returns>
    public static NgramTable? Fit(
        TaskDefinition task, IReadOnlyList<TrainingExample> train, IReadOnlyList<TrainingExample> dev, NgramOptions options, int seed,
        CancellationToken cancellation)
    {
        var heads = Enumerable.Range(0, task.Heads.Count)
            .Where(head => NgramTable.Learns(task.Heads[head]) && train.Any(example => example.Targets[head] != HeadTarget.None)).ToArray();
        if (heads.Length == 0)
            return null;

        // 1. N-grams
        var ngrams = new NgramVocabulary(train, options.LeastCount);
        NgramTable.Starts(task.Heads, _ => true, out var columns);
        if (ngrams.Count > MostLearned / columns)
            ngrams.Keep(ngrams.MostFrequent((int)(MostLearned / columns)));
        var trainer = new NgramTrainer(task, train, ngrams);
        var slots = new Lazy<PerfectHash>(() => new PerfectHash(ngrams.Numbers)); // of all, for the trials of step 2

        // 2. Learning
        var settings = heads.ToDictionary(head => head, Setting);
        var weights = heads.ToDictionary(head => head, head => Rows(
            head, settings[head].Rate, task.Heads[head].Kind == HeadKind.Span ? TagSquare : LabelSquare));
        var random = SeededRandom.For(seed, nameof(NgramFitting));
        Learn(options.Passes - LastPasses);

        // 3. The important ones: large scores, used often
        var most = Math.Min(options.Most, options.MostScores / columns);
        var important = Enumerable.Range(0, ngrams.Count)
            .Select(ngram => (Ngram: ngram, Importance: ngrams.Counts[ngram] * heads.Sum(head => Norm(weights[head][ngram]))))
            .Where(entry => entry.Importance > 0)
            .OrderByDescending(entry => entry.Importance).ThenBy(entry => ngrams.Numbers[entry.Ngram])
            .Take(most).Select(entry => entry.Ngram).ToArray();
        if (important.Length == 0)
            return null;
        ngrams.Keep(important);
        foreach (var ofHead in weights.Values)
            ofHead.Keep(important);

        // 4. More learning
        Learn(LastPasses);
        return Table(task.Heads, heads, ngrams, new PerfectHash(ngrams.Numbers), head => weights[head],
            settings.Values.Any(setting => setting.Triples));

        void Learn(int passes)
        {
            for (var pass = 0; pass < passes; pass++)
            {
                foreach (var head in heads)
                    trainer.Pass(head, weights[head], settings[head], random, cancellation);
            }
        }

        AdaGradRows Rows(int head, double rate, double firstSquare)
        {
            var rows = new AdaGradRows(task.Heads[head].OutputCount, rate, firstSquare);
            rows.Add(ngrams.Count);
            return rows;
        }

        LinearSetting Setting(int head)
        {
            if (task.Heads[head].Kind == HeadKind.Span)
                return new LinearSetting(TagRate, Varied: true, Triples: false);
            bool[] choices = train.Any(example => example.Utterance?.Original is not null) ? [false, true] : [false];
            return SettingSearch.Choose(choices, setting =>
            {
                var tried = Rows(head, setting.Rate, LabelSquare);
                var order = SeededRandom.For(seed, nameof(Setting));
                for (var pass = 0; pass < options.Passes; pass++)
                    trainer.Pass(head, tried, setting, order, cancellation);
                return Loss(head, tried, setting.Triples);
            });
        }

        double Loss(int head, AdaGradRows tried, bool triples)
        {
            var table = Table([task.Heads[head]], [0], ngrams, slots.Value, _ => tried, triples);
            var logits = new float[dev.Count][][];
            for (var i = 0; i < logits.Length; i++)
            {
                logits[i] = new float[task.Heads.Count][];
                logits[i][head] = table.Of(dev[i].Encoded)[0];
            }
            return HeadLikelihood.NegativeLog(task.Heads[head], head, dev, logits, 1);
        }
    }

    // Scores of some heads; those of the others are 0.
    private static NgramTable Table(IReadOnlyList<HeadDefinition> heads, int[] learned, NgramVocabulary ngrams, PerfectHash slots,
        Func<int, AdaGradRows> weights, bool triples)
    {
        var starts = NgramTable.Starts(heads, _ => true, out var columns);
        var scores = new float[ngrams.Count * columns];
        foreach (var head in learned)
        {
            for (var ngram = 0; ngram < ngrams.Count; ngram++)
                weights(head)[ngram].CopyTo(scores.AsSpan((ngram * columns) + starts[head]));
        }
        return new NgramTable(heads, ngrams.Numbers, slots, scores, triples);
    }

    private static double Norm(ReadOnlySpan<float> scores)
    {
        var sum = 0.0;
        foreach (var score in scores)
            sum += score * score;
        return sum;
    }
}
