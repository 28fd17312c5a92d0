using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Edge.Appliance;

namespace Edge.Bench.Training;

/// <summary>A process that runs training steps on request: edge-trainer, or the same in PyTorch.</summary>
internal sealed class StepProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <exception cref="ApplianceException">It cannot be started, or ends at once.</exception>
    public StepProcess(string file, IEnumerable<string> arguments, int threads)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS" })
            start.Environment[name] = threads.ToString(CultureInfo.InvariantCulture);
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new ApplianceException(ExitCode.Environment, $"{file} cannot be started: {failure.Message}");
        }
        _errors = _process.StandardError.ReadToEndAsync();
        if (_process.StandardOutput.ReadLine() != "ready")
            throw Failed();
    }

    /// <summary>Resident memory, megabytes.</summary>
    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Runs steps.</summary>
    public (double[] WallMs, double CpuMs) Run(int steps)
    {
        try
        {
            _process.StandardInput.WriteLine(steps.ToString(CultureInfo.InvariantCulture));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw Failed();
        }
        if (_process.StandardOutput.ReadLine() is not { } line)
            throw Failed();
        var answer = JsonElement.Parse(line);
        return ([.. answer.GetProperty("wallMs").EnumerateArray().Select(value => value.GetDouble())], answer.GetProperty("cpuMs").GetDouble());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close(); // it ends at the end of its input
            if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
                _process.Kill();
        }
        _process.Dispose();
    }

    private ApplianceException Failed()
    {
        _process.WaitForExit();
        var last = _errors.Result.Trim().Split('\n')[^1];
        return new ApplianceException(
            ExitCode.Environment,
            $"{Path.GetFileName(_process.StartInfo.FileName)} ended with code {_process.ExitCode}: {last} (PyTorch: apt-get install python3-torch, or name a Python that has it with --python.)");
    }
}
