[assembly: AssemblyFixture(typeof(Edge.Appliance.Tests.Support.SharedBundles))]

namespace Edge.Appliance.Tests.Support;

/// <summary>The bundles that all tests share, in a folder of their own.</summary>
public sealed class SharedBundles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-appliance-tests-");

    public SharedBundles()
    {
        Certain = Path.Combine(_folder.FullName, "certain");
        Uncertain = Path.Combine(_folder.FullName, "uncertain");
        CertainId = TinyBundle.Write(Certain, threshold: 0).Id;
        TinyBundle.Write(Uncertain, threshold: 1);
    }

    /// <summary>Accepts every answer.</summary>
    public string Certain { get; }

    public string CertainId { get; }

    /// <summary>Accepts none: every utterance is an uncertain case.</summary>
    public string Uncertain { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
