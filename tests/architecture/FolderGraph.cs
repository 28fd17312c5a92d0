using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Edge.Architecture.Tests;

/// <summary>Which folder of a project needs which, as its assembly has it. Folders below the first level count as part of it.</summary>
/// <remarks>
/// Not ArchUnitNET's own slices: they leave out the root folder, and a generic parameter, which it confuses with one of the same
/// name in another folder, becomes a dependency.
/// </remarks>
internal sealed class FolderGraph
{
    private readonly Dictionary<string, SortedDictionary<string, string>> _needs = new(StringComparer.Ordinal);

    /// <summary>Reads an assembly.</summary>
    public FolderGraph(ProductProject project)
    {
        var types = new ArchLoader()
            .LoadFilteredDirectory(Path.GetDirectoryName(project.AssemblyFile)!, Path.GetFileName(project.AssemblyFile)).Build().Types;
        foreach (var type in types)
        {
            foreach (var needed in type.Dependencies.Select(dependency => dependency.Target)
                .Where(needed => needed is not GenericParameter))
            {
                if (FolderOf(type) is { } from && FolderOf(needed) is { } to && from != to)
                    (_needs.TryGetValue(from, out var all) ? all : _needs[from] = new(StringComparer.Ordinal)).TryAdd(
                        to, $"{from} -> {to}: {type.FullName} needs {needed.FullName}");
            }
        }

        string? FolderOf(IType type)
        {
            var name = type.Namespace?.FullName ?? "";
            return name == project.RootNamespace ? "(root)"
                : name.StartsWith(project.RootNamespace + ".", StringComparison.Ordinal)
                    ? name[(project.RootNamespace.Length + 1)..].Split('.')[0]
                : null;
        }
    }

    /// <summary>Pairs of folders that need each other, directly or through others; an example of each direct need among them.</summary>
    public IReadOnlyList<string> Cycles() =>
        [.. _needs.SelectMany(from => from.Value.Where(to => Reaches(to.Key, from.Key, [])).Select(to => to.Value))
            .Order(StringComparer.Ordinal)];

    private bool Reaches(string from, string to, HashSet<string> seen) =>
        from == to || (seen.Add(from) && _needs.TryGetValue(from, out var needs) && needs.Keys.Any(next => Reaches(next, to, seen)));
}
