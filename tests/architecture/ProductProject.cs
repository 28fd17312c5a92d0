using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Edge.Architecture.Tests;

/// <summary>A project of the product: what has a project file outside of tests.</summary>
/// <param name="Folder">Its folder, from the repository's root.</param>
/// <param name="RootNamespace">Namespace of its root folder.</param>
/// <param name="AssemblyFile">What it was built to.</param>
public sealed record ProductProject(string Folder, string RootNamespace, string AssemblyFile)
{
    /// <summary>The repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ProductProject> All { get; } =
    [
        .. Directory.EnumerateFiles(Repository, "*.csproj", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Repository, file).StartsWith("tests/", StringComparison.Ordinal))
            .Select(Read).OrderBy(project => project.Folder, StringComparer.Ordinal),
    ];

    /// <summary>Its source files, from its folder; what the build writes is left out.</summary>
    public IEnumerable<string> Sources()
    {
        var folder = Path.Combine(Repository, Folder);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Where(file => file.Split('/')[0] is not ("obj" or "bin"));
    }

    /// <summary>Names of the assemblies that it was compiled against.</summary>
    public IReadOnlyList<string> References()
    {
        using var file = new PEReader(File.OpenRead(AssemblyFile));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    /// <inheritdoc/>
    public override string ToString() => Folder;

    private static ProductProject Read(string file)
    {
        var xml = XDocument.Load(file);
        var folder = Path.GetDirectoryName(file)!;
        var assembly = Value("AssemblyName") ?? Path.GetFileNameWithoutExtension(file);
        // This test's own folder ends with bin/Release/net10.0, and so does theirs.
        var built = Path.Combine(folder, "bin",
            Path.GetRelativePath(Path.Combine(Repository, "tests/architecture/bin"), AppContext.BaseDirectory), assembly + ".dll");
        Assert.True(File.Exists(built), $"{built} is not built; reference {Path.GetFileName(file)} in tests/architecture.");
        return new ProductProject(
            Path.GetRelativePath(Repository, folder), Value("RootNamespace") ?? Path.GetFileNameWithoutExtension(file),
            Path.GetFullPath(built));

        string? Value(string name) => xml.Descendants(name).FirstOrDefault()?.Value;
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Edge.sln")))
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not in the repository.");
        return folder;
    }
}
