using System.Text.RegularExpressions;
using ArchUnitNET.Loader;

namespace Edge.Architecture.Tests;

public sealed partial class ArchitectureTests
{
    private const string Torch = "TorchSharp";

    public static TheoryData<string> Folders => [.. ProductProject.All.Select(project => project.Folder)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folders_OfAProject_FormNoCycle(string folder) => Assert.Empty(new FolderGraph(Project(folder)).Cycles());

    [Theory]
    [MemberData(nameof(Folders))]
    public void Namespace_OfEveryFile_IsItsFolder(string folder)
    {
        var project = Project(folder);
        Assert.All(project.Sources().Where(file => file != "Program.cs"), file =>
        {
            var expected = string.Join('.', file.Split('/')[..^1].Prepend(project.RootNamespace));
            var found = NamespacePattern().Match(File.ReadAllText(Path.Combine(ProductProject.Repository, project.Folder, file)));
            Assert.Equal(expected, found.Groups[1].Value);
        });
    }

    [Fact]
    public void TypeName_InTheWholeProduct_MeansOneType()
    {
        var names = ProductProject.All.SelectMany(project => new ArchLoader()
            .LoadFilteredDirectory(Path.GetDirectoryName(project.AssemblyFile)!, Path.GetFileName(project.AssemblyFile)).Build().Types
            .Where(type => !type.IsNested && !type.IsCompilerGenerated
                && type.Namespace.FullName.StartsWith(project.RootNamespace, StringComparison.Ordinal)));

        var twice = names.DistinctBy(type => type.FullName).GroupBy(type => type.Name).Where(types => types.Count() > 1);

        Assert.Empty(twice.Select(types => string.Join(", ", types.Select(type => type.FullName))));
    }

    [Fact]
    public void TrainerAndAppliance_NeverReferenceEachOther()
    {
        Assert.DoesNotContain(Project("trainer").References(), name => name is "edge-appliance" or "edge-bench");
        Assert.All(ProductProject.All.Where(project => project.Folder != "trainer"),
            project => Assert.DoesNotContain("edge-trainer", project.References()));
    }

    [Fact]
    public void Libtorch_IsTheTrainersAlone()
    {
        Assert.Contains(Torch, Project("trainer").References());
        Assert.All(ProductProject.All.Where(project => project.Folder != "trainer"), project =>
        {
            Assert.DoesNotContain(Torch, project.References());
            // Nor does a package that it uses bring it along.
            Assert.DoesNotContain(
                Torch, File.ReadAllText(Path.ChangeExtension(project.AssemblyFile, ".deps.json")), StringComparison.OrdinalIgnoreCase);
        });
    }

    private static ProductProject Project(string folder) => ProductProject.All.Single(project => project.Folder == folder);

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespacePattern();
}
