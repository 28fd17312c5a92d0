using System.ComponentModel;

namespace Edge.Bundles.Common;

/// <summary>How every program of the product ends when something is thrown: a message for a user's mistake, a trace for ours.</summary>
public static class ProgramGuard
{
    /// <summary>Writes what a person needs.</summary>
    /// <param name="program">Name of the program or command, in front of the message.</param>
    /// <param name="errors">Standard error.</param>
    /// <param name="failure">What was thrown.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Report(string program, TextWriter errors, Exception failure)
    {
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentNullException.ThrowIfNull(failure);
        var cause = failure is TypeInitializationException { InnerException: { } inner } ? inner : failure;
        var code = CodeOf(cause);
        errors.WriteLine(code == ExitCode.Fault ? $"{program}: unexpected fault: {failure}" : $"{program}: {Describe(cause)}");
        return code;
    }

    private static int CodeOf(Exception failure) => failure switch
    {
        UserException problem => problem.ExitCode,
        InvalidDataException or FileNotFoundException or DirectoryNotFoundException => ExitCode.BadInput,
        // a full disk, a folder without permission; a library, or a program that cannot be started
        IOException or UnauthorizedAccessException or Win32Exception => ExitCode.Environment,
        DllNotFoundException or EntryPointNotFoundException => ExitCode.Environment,
        _ => ExitCode.Fault,
    };

    private static string Describe(Exception failure) => failure switch
    {
        DllNotFoundException or EntryPointNotFoundException =>
            $"a library is missing: {failure.Message.Split('\n')[0]} Install the package again, or build it again (./build.sh build).",
        _ => failure.Message,
    };
}
