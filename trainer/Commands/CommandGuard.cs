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
        catch (Exception failure) when (CodeOf(failure) is { } code)
        {
            errors.WriteLine($"edge-trainer {command}: {Describe(failure)}");
            return code;
        }
    }

    private static int? CodeOf(Exception failure) => failure switch
    {
        UserException problem => problem.ExitCode,
        InvalidDataException or FileNotFoundException or DirectoryNotFoundException => ExitCode.BadInput,
        DllNotFoundException or EntryPointNotFoundException or TypeInitializationException or NotSupportedException => ExitCode.Environment,
        IOException or UnauthorizedAccessException => ExitCode.Environment,
        ExternalException => ExitCode.Environment,
        InvalidOperationException => ExitCode.Refused,
        _ => null,
    };

    // libtorch's messages end with a native back trace: only the first line says something to a person, and what of ours asked for it.
    private static string Describe(Exception failure) => failure switch
    {
        TypeInitializationException { InnerException: { } inner } => Describe(inner),
        ExternalException => $"libtorch failed in {Caller(failure)}: {failure.Message.Split('\n')[0]}",
        DllNotFoundException => $"{failure.Message.Split('\n')[0]} edge-trainer doctor says what is missing.",
        _ => failure.Message,
    };

    private static string Caller(Exception failure)
    {
        var method = new StackTrace(failure).GetFrames().Select(frame => frame.GetMethod())
            .FirstOrDefault(method => method?.DeclaringType?.Namespace?.StartsWith("Edge.", StringComparison.Ordinal) == true);
        return method is null ? "a place of its own" : $"{method.DeclaringType!.Name}.{method.Name}";
    }
}
