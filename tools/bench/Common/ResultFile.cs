namespace Edge.Bench.Common;

/// <summary>A file that is written when all has been measured: what stands in its way is found before.</summary>
internal static class ResultFile
{
    /// <summary>Tries to write it; leaves what is there as it is.</summary>
    /// <param name="option">What names it.</param>
    /// <param name="file">The file.</param>
    /// <returns>What is wrong; <c>null</c>: nothing.</returns>
    public static string? Problem(string option, string file)
    {
        if (file.Length == 0 || Directory.Exists(file))
            return $"{option} '{file}' is {(file.Length == 0 ? "empty" : "a folder")}; name a file";
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder))
            return $"{option} {file}: there is no folder {folder}; make it first";
        try
        {
            var isNew = !File.Exists(file);
            File.Open(file, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            if (isNew)
                File.Delete(file);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"{option} {file} cannot be written: {problem.Message}";
        }
    }
}
