using System.Reflection;

namespace Edge.Bundles.Common;

/// <summary>The version of the product; its programs have the same.</summary>
public static class ProductVersion
{
    /// <summary>For example <c>0.1.0</c>.</summary>
    public static string Text { get; } = Of(typeof(ProductVersion).Assembly);

    /// <summary>Version of an assembly.</summary>
    internal static string Of(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? assembly.GetName().Version!.ToString(3);
}
