namespace Edge.Trainer.Tests.Data;

/// <summary>The development data sets beside the repository; tests that need them are skipped where they are missing.</summary>
internal static class SharedData
{
    public static string Folder(string set)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "..", "shared", "data", set);
            if (File.Exists(Path.Combine(folder.FullName, "Edge.sln")) && Directory.Exists(candidate)) return candidate;
        }

        Assert.Skip($"../shared/data/{set} is not here.");
        return "";
    }
}
