using System.Reflection;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Tokenizers;
using TorchSharp;

namespace Edge.Trainer.Commands;

/// <summary>Which packages this build uses: the real ones, or their stand-ins, whose assemblies say so in their name.</summary>
internal static class PackagesInUse
{
    /// <summary>One line a package.</summary>
    public static IEnumerable<string> Describe() =>
    [
        Describe("TorchSharp", typeof(torch.Tensor).Assembly),
        Describe("Microsoft.ML.OnnxRuntime", typeof(InferenceSession).Assembly),
        Describe("Microsoft.ML.Tokenizers", typeof(WordPieceTokenizer).Assembly),
    ];

    private static string Describe(string package, Assembly assembly)
    {
        var name = assembly.GetName();
        var kind = name.Name!.StartsWith("Edge.Standins.", StringComparison.Ordinal) ? "stand-in" : "real package";
        // The assembly's own version can be older: 1.0.0 in Microsoft.ML.Tokenizers 2.
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? name.Version?.ToString(3);
        return $"{package}: {kind} ({name.Name} {version})";
    }
}
