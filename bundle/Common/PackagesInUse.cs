namespace Edge.Bundles.Common;

/// <summary>Which packages a program uses, by the names and versions of their assemblies.</summary>
public static class PackagesInUse
{
    /// <summary>Name and version, one line a package.</summary>
    /// <param name="types">A type of each package.</param>
    public static IEnumerable<string> Describe(params IEnumerable<Type> types) =>
        types.Select(type => $"{type.Assembly.GetName().Name} {ProductVersion.Of(type.Assembly)}");

    /// <summary>What <c>--version</c> writes: the program, and its packages.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="program">For example <c>edge-trainer</c>.</param>
    /// <param name="types">A type of each package.</param>
    public static void WriteVersion(TextWriter output, string program, params IEnumerable<Type> types)
    {
        output.WriteLine($"{program} {ProductVersion.Text}");
        foreach (var package in Describe(types))
            output.WriteLine($"  {package}");
        output.WriteLine($"  .NET {Environment.Version}");
    }
}
