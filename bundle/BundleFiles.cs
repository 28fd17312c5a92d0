using System.Text.RegularExpressions;

namespace Edge.Bundles;

/// <summary>Names of the files of a bundle.</summary>
public static partial class BundleFiles
{
    /// <summary>The manifest.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>The manifest's SHA-256, as <c>sha256sum</c> writes and checks it.</summary>
    public const string ManifestHash = "manifest.sha256";

    /// <summary>The manifest's signature, where the bundle is signed: ECDSA over its SHA-256, as ASN.1.</summary>
    public const string Signature = "manifest.sig";

    /// <summary>The vocabulary; every bundle has one.</summary>
    public const string Vocabulary = "vocab.txt";

    /// <summary>Utterances with expected answers, which the appliance runs before it serves.</summary>
    public const string Golden = "golden.jsonl";

    /// <summary>The student's weights, to continue training from.</summary>
    public const string Student = "student.safetensors";

    /// <summary>The evaluation, for people.</summary>
    public const string Report = "report.html";

    /// <summary>The ONNX file of a precision: <c>model.int8.onnx</c>.</summary>
    /// <param name="precision">A name of <see cref="Precision"/>.</param>
    public static string Model(string precision) => $"model.{precision}.onnx";

    /// <summary>
    /// True for what may be the name of a file of a bundle: ASCII letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, not starting
    /// with a dot or a dash, at most 100 long. No such name leads out of the bundle's folder.
    /// </summary>
    internal static bool IsName(string name) => NamePattern().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex NamePattern();
}
