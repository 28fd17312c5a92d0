using System.Text.RegularExpressions;
using TorchSharp.Modules;
using static TorchSharp.torch.utils;

namespace Edge.Trainer.Training.History;

/// <summary>
/// Writes scalars as TensorBoard event files, one folder a phase, so that <c>tensorboard --logdir</c> lays the phases over each
/// other. Every value is on disk when the call returns.
/// </summary>
/// <param name="folder">Folder of the run; created at the first value.</param>
internal sealed partial class TensorBoardLog(string folder)
{
    private readonly Dictionary<string, SummaryWriter> _writers = new(StringComparer.Ordinal);

    /// <summary>Appends a value.</summary>
    /// <param name="run">Phase; its folder's name.</param>
    /// <param name="tag">What the value is; what stands before a slash groups charts.</param>
    /// <param name="step">Step within the phase.</param>
    /// <param name="value">The value; what is not finite is left out.</param>
    public void Scalar(string run, string tag, long step, double value)
    {
        if (!double.IsFinite(value))
            return;
        if (!_writers.TryGetValue(run, out var writer))
            _writers[run] = writer = tensorboard.SummaryWriter(Path.Combine(folder, FolderName().Replace(run, "-")));
        // Said, because the package's own default is no Unix time.
        writer.add_scalar(tag, (float)value, (int)Math.Min(step, int.MaxValue), DateTimeOffset.UtcNow.ToUnixTimeSeconds());
    }

    /// <summary>Why a folder cannot take event files.</summary>
    public static IEnumerable<string> Problems(string folder)
    {
        if (File.Exists(folder))
            yield return $"--tensorboard {folder}: is a file; name a folder";
    }

    [GeneratedRegex("[^A-Za-z0-9_.]+")]
    private static partial Regex FolderName();
}
