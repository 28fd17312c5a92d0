using System.Globalization;

namespace Edge.Bench.Training;

/// <summary>What is trained in a comparison: a model of a named size, batches of 32.</summary>
/// <param name="Name">A name of <see cref="Sizes"/>.</param>
/// <param name="Dropout">Dropout of the model.</param>
/// <param name="Threads">Threads of libtorch.</param>
internal sealed record TrainCase(string Name, double Dropout, int Threads)
{
    /// <summary>Width, layers, feed-forward width and attention heads: the students, and a small one for watching memory.</summary>
    public static IReadOnlyDictionary<string, (int Hidden, int Layers, int Intermediate, int Heads)> Sizes { get; } =
        new Dictionary<string, (int, int, int, int)>(StringComparer.Ordinal)
        {
            ["tiny"] = (312, 4, 1200, 12), ["small"] = (384, 6, 1536, 12), ["nano"] = (64, 2, 128, 2),
        };

    /// <summary>Arguments of <c>edge-trainer step-time</c>.</summary>
    public IReadOnlyList<string> TrainerArguments(int shortest, int longest) =>
    [
        "step-time", "--size", Name == "nano" ? "64x2x128" : Name, "--batch", "32", "--shortest", Text(shortest), "--longest",
        Text(longest),
        "--threads", Text(Threads), "--dropout", Text(Dropout),
    ];

    /// <summary>Arguments of <c>train_step.py</c>.</summary>
    public IReadOnlyList<string> PeerArguments(int shortest, int longest)
    {
        var (hidden, layers, intermediate, heads) = Sizes[Name];
        return
        [
            Path.Combine(AppContext.BaseDirectory, "peers", "train_step.py"), "--hidden", Text(hidden), "--layers", Text(layers),
            "--intermediate", Text(intermediate),
            "--heads", Text(heads), "--batch", "32", "--shortest", Text(shortest), "--longest", Text(longest), "--threads", Text(Threads),
            "--dropout", Text(Dropout),
        ];
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
