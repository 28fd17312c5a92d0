using System.Globalization;
using Edge.Bench.Machine;
using Edge.Bundles.Common;

namespace Edge.Bench.Training;

/// <summary>A process that runs training steps on request: edge-trainer, or the same in PyTorch.</summary>
internal sealed class StepProcess : IDisposable
{
    private readonly MeasuredProcess _process;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="file">Program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="threads">Threads of libtorch.</param>
    /// <param name="advice">What to do where it fails.</param>
    /// <exception cref="UserException">It cannot be started, or ends at once.</exception>
    public StepProcess(string file, IEnumerable<string> arguments, int threads, string advice) => _process = new MeasuredProcess(
        file, arguments,
        advice,
        new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS" }.ToDictionary(
            name => name, _ => threads.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Version of its libtorch: what stands last in the line that says it is ready.</summary>
    public string LibTorch => _process.Ready.Split(' ')[^1];

    /// <summary>Resident memory, megabytes.</summary>
    public double ResidentMegabytes => _process.ResidentMegabytes;

    /// <summary>Runs steps.</summary>
    public (double[] WallMs, double CpuMs) Run(int steps)
    {
        var answer = _process.Ask(steps.ToString(CultureInfo.InvariantCulture));
        return ([.. answer.GetProperty("wallMs").EnumerateArray().Select(value => value.GetDouble())],
            answer.GetProperty("cpuMs").GetDouble());
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
