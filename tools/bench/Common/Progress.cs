namespace Edge.Bench.Common;

/// <summary>Says on standard error what long work does now; standard output has the result alone.</summary>
internal static class Progress
{
    /// <summary>Writes a line.</summary>
    public static void Say(string what) => Console.Error.WriteLine(what);
}
