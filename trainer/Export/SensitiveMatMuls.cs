using System.Globalization;
using Edge.Trainer.Evaluation;

namespace Edge.Trainer.Export;

/// <summary>
/// Leaves the MatMuls that suffer most from 8 bits in floats, where all of them in integers lose too much: each is measured alone, then
/// they go back to floats one after the other, the worst first, until the loss is small enough (Wu et al. 2020, arXiv:2004.09602, section
/// 5.2).
/// </summary>
internal static class SensitiveMatMuls
{
    private const int Named = 5;

    /// <summary>Finds the fewest MatMuls in floats, of those sets that begin with the worst.</summary>
    /// <typeparam name="T">What an attempt gives.</typeparam>
    /// <param name="matMuls">Names of all MatMuls.</param>
    /// <param name="start">What no MatMul in floats gives, and what the worst head loses then.</param>
    /// <param name="attempt">Exports with some MatMuls in floats and measures what the worst head loses on dev, 0 to 1.</param>
    /// <param name="error">Error of the logits with some MatMuls in floats, at least 0.</param>
    /// <param name="allowed">Most that may be lost.</param>
    /// <param name="line">Told what was tried and what it gave; not called where nothing had to be.</param>
    /// <returns>The start, or the first attempt, that loses no more than allowed, or the one with all MatMuls in floats.</returns>
    public static T Search<T>(
        IReadOnlyList<string> matMuls, (T Result, double Loss) start, Func<IReadOnlySet<string>, (T Result, double Loss)> attempt,
        Func<IReadOnlySet<string>, double> error, double allowed, Action<string> line)
    {
        var (result, loss) = start;
        if (loss <= allowed)
            return result;

        var inFloats = new HashSet<string>(StringComparer.Ordinal);
        var all = error(inFloats);
        var ranked = matMuls.Select(matMul => (Name: matMul, Error: error(new HashSet<string>([matMul], StringComparer.Ordinal))))
            .OrderBy(matMul => matMul.Error).ToArray();
        line($"error of the logits with one MatMul in " +
            $"floats: {string.Join(", ", ranked.Take(Named).Select(matMul => Part(matMul.Name, matMul.Error, all)))}");
        foreach (var (name, _) in ranked)
        {
            inFloats.Add(name);
            (result, loss) = attempt(inFloats);
            line($"{inFloats.Count} of {matMuls.Count} in floats, now {name}, too: {PrecisionLoss.Points(loss)}");
            if (loss <= allowed)
                break;
        }
        return result;
    }

    private static string Part(string name, double error, double all) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} {(all > 0 ? error / all : 1) * 100:0} %");
}
