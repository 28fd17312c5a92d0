using System.Security.Cryptography;
using System.Text;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Files;

namespace Edge.Trainer.Training.MaskedLanguage;

/// <summary>Texts without labels: one a line.</summary>
internal static class RawTexts
{
    /// <summary>Reads files, and the *.txt files of folders in the order of their names. Empty lines are left out.</summary>
    /// <exception cref="DataException">A folder has no such file, or a file is not UTF-8.</exception>
    public static IReadOnlyList<string> Read(IEnumerable<string> paths)
    {
        var texts = new List<string>();
        foreach (var file in paths.SelectMany(Files))
        {
            var text = TextFile.Read(file);
            for (var line = 1; line <= text.Lines.Count; line++)
            {
                if (text.Problem(line, line) is { } problem)
                    throw new DataException($"{file}:{line}: {problem}.");
                if (Wording.HasWords(text.Lines[line - 1]))
                    texts.Add(text.Lines[line - 1]);
            }
        }
        return texts;
    }

    /// <summary>SHA-256 of the texts in their order, lower-case hexadecimal.</summary>
    public static string Fingerprint(IEnumerable<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData("\n"u8);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<string> Files(string path)
    {
        if (File.Exists(path))
            return [path];
        string[] files = [.. Directory.EnumerateFiles(path, "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        return files.Length > 0
            ? files
            : throw new DataException($"{path}: there is no .txt file in it; texts are UTF-8 files with one text a line.");
    }
}
