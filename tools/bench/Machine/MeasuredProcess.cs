using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Edge.Bundles.Common;

namespace Edge.Bench.Machine;

/// <summary>
/// A process that measures itself on request, so that several take turns: it writes a line when it is ready, then a line of JSON for each
/// line that it reads, and ends at the end of its input.
/// </summary>
internal sealed partial class MeasuredProcess : IDisposable
{
    private const int LinesOfErrors = 5; // of Python a stack trace ends with what matters; Node.js says it before
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly string _advice;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="file">Program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="advice">What to do where it fails; may be empty.</param>
    /// <param name="environment">Variables beside those of this process; <c>null</c>: none.</param>
    /// <exception cref="UserException">It cannot be started, or ends at once.</exception>
    public MeasuredProcess(
        string file, IEnumerable<string> arguments, string advice, IReadOnlyDictionary<string, string>? environment = null)
    {
        _advice = advice;
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new UserException(ExitCode.Environment, $"{file} cannot be started: {failure.Message}{advice}");
        }
        _errors = _process.StandardError.ReadToEndAsync();
        Ready = _process.StandardOutput.ReadLine() ?? throw Failed();
    }

    /// <summary>The line that it wrote when it was ready.</summary>
    public string Ready { get; }

    /// <summary>Resident memory, megabytes.</summary>
    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Sends a line and waits for the answer.</summary>
    /// <exception cref="UserException">The process ended.</exception>
    public JsonElement Ask(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw Failed();
        }
        return _process.StandardOutput.ReadLine() is { } answer ? JsonElement.Parse(answer) : throw Failed();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(Patience))
                _process.Kill();
        }
        _process.Dispose();
    }

    private UserException Failed()
    {
        _process.WaitForExit();
        var all = _errors.Result.Trim().Split('\n');
        string[] last = [.. all.TakeLast(LinesOfErrors)];
        var lines = all.FirstOrDefault(line => NameOfError().IsMatch(line)) is { } message && !last.Contains(message)
            ? last.Prepend(message)
            : last;
        return new UserException(
            _process.ExitCode == ExitCode.BadInput ? ExitCode.BadInput : ExitCode.Environment,
            $"{Path.GetFileName(_process.StartInfo.FileName)} ended with code {_process.ExitCode}: {string.Join('\n', lines)}{_advice}");
    }

    [GeneratedRegex(@"^\w*Error\b")]
    private static partial Regex NameOfError();
}
