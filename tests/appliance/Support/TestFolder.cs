namespace Edge.Appliance.Tests.Support;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-appliance-test-");

    public string this[string file] => Path.Combine(_folder.FullName, file);

    public string Write(string file, string content)
    {
        File.WriteAllText(this[file], content);
        return this[file];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
