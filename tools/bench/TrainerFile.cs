using Edge.Appliance;

namespace Edge.Bench;

/// <summary>Finds the edge-trainer to measure: the bench runs it as a process and does not contain it.</summary>
internal static class TrainerFile
{
    private static readonly string[] Places = ["edge-trainer", "out/edge-trainer", "trainer/bin/Release/net10.0/edge-trainer"];

    /// <summary>The given file, or the one beside this program, of this repository or on the path.</summary>
    /// <exception cref="ApplianceException">There is none.</exception>
    public static string Find(string? given)
    {
        if (given is not null)
            return File.Exists(given) ? given : throw new ApplianceException($"--trainer {given}: there is no such file; name edge-trainer's executable.", ExitCode.BadInput);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Places.Select(place => Path.Combine(folder.FullName, place)).FirstOrDefault(File.Exists) is { } file)
                return file;
        }
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "edge-trainer")).FirstOrDefault(File.Exists)
            ?? throw new ApplianceException("There is no edge-trainer beside this program or on the PATH; build it with ./build.sh build, or name it with --trainer FILE.", ExitCode.Environment);
    }
}
