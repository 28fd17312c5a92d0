using System.Reflection;

namespace Edge.Bundles.Common;

/// <summary>The version of the product; its programs have the same.</summary>
public static class ProductVersion
{
    /// <summary>For example <c>0.1.0</c>.</summary>
    public static string Text { get; } = Of(typeof(ProductVersion).Assembly);

    /// <summary>Version of an assembly. Its own number can be older than the package's: 1.0.0 in Microsoft.ML.Tokenizers 2.</summary>
    internal static string Of(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? assembly.GetName().Version!.ToString(3);
}
