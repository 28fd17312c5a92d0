using System.Runtime.InteropServices;

namespace Edge.Appliance.Analysis;

/// <summary>
/// A thread for work that nobody waits for beside work that callers wait for: the kernel gives it a processor where nothing else wants
/// one (setpriority(2): Linux keeps niceness per thread). Where the kernel refuses that, it runs as any other.
/// </summary>
internal static class BackgroundThread
{
    private const int ThisThread = 0; // PRIO_PROCESS, and 0 for the calling thread
    private const int Lowest = 19;

    /// <summary>Runs something on such a thread of its own.</summary>
    /// <param name="name">Name of the thread.</param>
    /// <param name="work">What it does.</param>
    /// <returns>Ends with it, and has its result or its exception.</returns>
    public static Task<T> RunAsync<T>(string name, Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            _ = SetPriority(ThisThread, ThisThread, Lowest);
            try
            {
                result.SetResult(work());
            }
            catch (Exception failure)
            {
                result.SetException(failure); // whoever waits has it
            }
        })
        { IsBackground = true, Name = name };
        thread.Start();
        return result.Task;
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int niceness);
}
