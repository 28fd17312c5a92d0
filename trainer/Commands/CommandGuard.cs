using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Edge.Bundles.Common;

namespace Edge.Trainer.Commands;

/// <summary>Turns failures into one message and an exit code.</summary>
internal static class CommandGuard
{
    /// <summary>Runs a command.</summary>
    public static int Run(string command, TextWriter errors, Func<int> work)
    {
        try
        {
            return work();
        }
        catch (OperationCanceledException)
        {
            errors.WriteLine($"edge-trainer {command}: cancelled; no result was written.");
            return ExitCode.Cancelled;
        }
        // libtorch's messages end with a native back trace: only the first line says something to a person, and what of ours asked for it.
        catch (ExternalException failure) when (failure is not Win32Exception)
        {
            errors.WriteLine($"edge-trainer {command}: libtorch failed in {Caller(failure)}: {failure.Message.Split('\n')[0]}");
            return ExitCode.Environment;
        }
        catch (Exception failure)
        {
            var code = ProgramGuard.Report($"edge-trainer {command}", errors, failure);
            if (failure.GetBaseException() is DllNotFoundException)
                errors.WriteLine("edge-trainer doctor says what is missing.");
            return code;
        }
    }

    private static string Caller(Exception failure)
    {
        var method = new StackTrace(failure).GetFrames().Select(frame => frame.GetMethod())
            .FirstOrDefault(method => method?.DeclaringType?.Namespace?.StartsWith("Edge.", StringComparison.Ordinal) == true);
        return method is null ? "a place of its own" : $"{method.DeclaringType!.Name}.{method.Name}";
    }
}
