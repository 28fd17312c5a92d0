using Edge.Bundles.Common;
using Edge.Bundles.Tokenization;

namespace Edge.Bundles;

/// <summary>A bundle whose files are what its manifest says.</summary>
public sealed class OpenedBundle
{
    internal OpenedBundle(string directory, BundleManifest manifest, byte[] content)
    {
        (Directory, Manifest, Content) = (directory, manifest, content);
    }

    /// <summary>Full path of the folder, without symbolic links at its end: it stays the same when <c>current</c> moves on.</summary>
    public string Directory { get; }

    /// <summary>The manifest.</summary>
    public BundleManifest Manifest { get; }

    /// <summary>The manifest's bytes.</summary>
    internal byte[] Content { get; }

    /// <summary>Full path of the ONNX file of a precision.</summary>
    /// <param name="precision">One of the manifest's.</param>
    public string PathOf(PrecisionEntry precision)
    {
        ArgumentNullException.ThrowIfNull(precision);
        return PathOf(precision.File);
    }

    /// <summary>Full path of a file.</summary>
    /// <param name="file">A name of the manifest's files.</param>
    /// <exception cref="BundleException">The bundle has no such file.</exception>
    public string PathOf(string file) => Manifest.Files.ContainsKey(file)
        ? Path.Combine(Directory, file)
        : throw new BundleException($"{Directory}: the bundle has no {file}; it has {string.Join(", ", Manifest.Files.Keys)}.");

    /// <summary>True where the bundle has this file.</summary>
    /// <param name="file">Name of the file, for example <see cref="BundleFiles.Golden"/>.</param>
    public bool Has(string file) => Manifest.Files.ContainsKey(file);

    /// <summary>The bundle's tokenizer.</summary>
    public UtteranceTokenizer LoadTokenizer() => UtteranceTokenizer.Load(PathOf(BundleFiles.Vocabulary), Manifest.Tokenizer);
}
