using System.Globalization;
using Edge.Bench.Commands;
using Edge.Bench.Model;
using Edge.Bundles.Common;

namespace Edge.Bench.Comparison;

/// <summary>One side of a comparison, as it is named on the command line: <c>DIR[,setting=value,...]</c>.</summary>
/// <param name="Name">The text itself.</param>
/// <param name="Bundle">Directory of the bundle.</param>
internal sealed record SideSettings(string Name, string Bundle)
{
    private const string Auto = "auto";
    private const string KeepWarmSetting = "keep-warm";
    private static readonly string[] OfEdgeBench = ["threads", "spinning", "prepacking", "what", KeepWarmSetting, "edge-bench"];
    private static readonly string[] OfTransformers = ["passes"];

    /// <summary>The settings, for help and messages.</summary>
    public static readonly string Known =
        $"precision={Auto}|{string.Join('|', Bundles.Precision.All)}, threads=1 to 256, spinning=true|false, prepacking=true|false, " +
        $"what=answer|model, {KeepWarmSetting}=0 to 1000 (with --paced, milliseconds; 0: caches get cold), edge-bench=FILE (another " +
        "build, with another ONNX Runtime), runner=onnxruntime-node (the model alone, in Node.js) or runner=transformers (text to answer " +
        "in @huggingface/transformers), passes=one|heads (of transformers: all heads at once, or its pipeline for each)";

    /// <summary>A precision, or <c>auto</c>.</summary>
    public string Precision { get; private init; } = Auto;

    /// <summary>Threads of one answer.</summary>
    public int Threads { get; private init; } = 1;

    /// <summary>Whether extra threads spin while they wait.</summary>
    public bool Spinning { get; private init; }

    /// <summary>As <see cref="Bundles.Inference.StudentSessionOptions.Prepacking"/>.</summary>
    public bool Prepacking { get; private init; } = true;

    /// <summary>From text to answer, or the model alone.</summary>
    public bool IsModelAlone { get; private init; }

    /// <summary>Milliseconds between two runs that keep caches warm, 0 for none; <c>null</c>: as the appliance does.</summary>
    public double? KeepWarmMs { get; private init; }

    /// <summary>What of Node.js answers; <see cref="PeerRunner.None"/>: an edge-bench.</summary>
    public PeerRunner Runner { get; private init; }

    /// <summary>Whether <see cref="PeerRunner.Transformers"/> runs the model once for each head.</summary>
    public bool HasPassPerHead { get; private init; }

    /// <summary>The edge-bench that answers.</summary>
    public string Program { get; private init; } = Environment.ProcessPath!;

    /// <summary>Reads a side.</summary>
    /// <param name="text">As on the command line.</param>
    /// <param name="isPaced">Whether the comparison is paced.</param>
    /// <exception cref="UserException">A setting is unknown, has no effect, or its value is not allowed.</exception>
    public static SideSettings Parse(string text, bool isPaced = false)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var side = new SideSettings(text, parts[0]);
        foreach (var part in parts[1..])
        {
            var pair = part.Split('=', 2);
            side = pair switch
            {
                ["precision", var precision] when precision == Auto || Bundles.Precision.All.Contains(precision) =>
                    side with { Precision = precision },
                ["threads", var count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var threads)
                    && threads is >= 1 and <= 256 =>
                    side with { Threads = threads },
                ["spinning", "true" or "false"] => side with { Spinning = pair[1] == "true" },
                ["prepacking", "true" or "false"] => side with { Prepacking = pair[1] == "true" },
                ["what", "answer" or "model"] => side with { IsModelAlone = pair[1] == "model" },
                [KeepWarmSetting, var time] when double.TryParse(
                    time, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds)
                    && milliseconds is >= 0 and <= 1000 =>
                    side with { KeepWarmMs = milliseconds },
                ["runner", "onnxruntime-node"] => side with { Runner = PeerRunner.OnnxRuntime },
                ["runner", "transformers"] => side with { Runner = PeerRunner.Transformers },
                ["passes", "one" or "heads"] => side with { HasPassPerHead = pair[1] == "heads" },
                ["edge-bench", { Length: > 0 } file] => side with { Program = file },
                _ => throw new UserException(
                    ExitCode.BadInput, $"--compare: '{part}' of {text} is no setting of a side; known are {Known}."),
            };
        }
        foreach (var part in parts[1..])
        {
            if (Hindrance(part.Split('=')[0]) is { } hindrance)
                throw new UserException(ExitCode.BadInput, $"--compare: '{part}' of {text} has no effect {hindrance}; leave it out.");
        }
        return side;

        string? Hindrance(string setting) => setting switch
        {
            _ when OfEdgeBench.Contains(setting) && side.Runner != PeerRunner.None => "beside its runner=",
            _ when OfTransformers.Contains(setting) && side.Runner != PeerRunner.Transformers => "without runner=transformers",
            KeepWarmSetting when !isPaced => "without --paced",
            _ => null,
        };
    }

    /// <summary>Arguments of the process that answers for this side.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        SideCommand.Name, "--bundle", Bundle, "--precision", Precision, "--threads", Threads.ToString(CultureInfo.InvariantCulture),
        "--spinning", Spinning ? "true" : "false", "--what", IsModelAlone ? BenchCase.RawRun : BenchCase.Answer,
        .. KeepWarmMs is { } warm ? [SideCommand.KeepWarm, warm.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        .. Prepacking ? Array.Empty<string>() : [SideCommand.NoPrepacking],
    ];
}
