using System.Text;
using Edge.Appliance.Tests.Support;

namespace Edge.Appliance.Tests;

/// <summary>Somebody deletes, replaces or damages the store's file while the service runs.</summary>
public sealed class StoreFileTests(SharedBundles bundles) : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private ApplianceProcess _appliance = null!;

    private string Store => _folder["uncertain.db"];

    public async ValueTask InitializeAsync()
    {
        _appliance = await ApplianceProcess.ServeAsync(bundles.Uncertain, null, Store);
        await SayAndStoreAsync("before", 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _appliance.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task DeletedFile_IsMadeAnew_AndLaterCasesAreInIt()
    {
        Delete();
        await SayAndStoreAsync("after", 2);

        Assert.Equal(["after"], Database.Query(Store, "SELECT utterance_id FROM uncertain_case"));
        Assert.Contains("store-replaced", await _appliance.GetWarningsAsync());
        Assert.Equal(200, (await _appliance.GetReadinessAsync()).Status);
    }

    [Fact]
    public async Task DeletedFile_IsNoticedWithoutACase()
    {
        Delete();
        await _appliance.WaitForLineAsync("was deleted or replaced");

        Assert.Empty(Database.Query(Store, "SELECT utterance_id FROM uncertain_case"));
    }

    [Fact]
    public async Task ReplacedFile_IsUsed()
    {
        using (var copy = Database.Open(Store))
        {
            using var command = copy.CreateCommand();
            command.CommandText = $"VACUUM INTO '{_folder["copy.db"]}'";
            command.ExecuteNonQuery();
        }
        File.Move(_folder["copy.db"], Store, overwrite: true);
        await SayAndStoreAsync("after", 2);

        Assert.Equal(["before", "after"], Database.Query(Store, "SELECT utterance_id FROM uncertain_case ORDER BY id"));
    }

    [Fact]
    public async Task DamagedFile_IsSetAside_AndLaterCasesAreInANewOne()
    {
        Database.Query(Store, "PRAGMA wal_checkpoint(TRUNCATE)");
        await using (var file = new FileStream(Store, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            await file.WriteAsync(new byte[8192], TestContext.Current.CancellationToken);
        await SayAndStoreAsync("after", 2);

        Assert.Equal(["after"], Database.Query(Store, "SELECT utterance_id FROM uncertain_case"));
        Assert.Contains("store-damaged", await _appliance.GetWarningsAsync());
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Store)!, "uncertain.db.damaged-*"), name => !name.Contains('-' + "wal"));
    }

    private void Delete()
    {
        foreach (var suffix in new[] { "", "-wal", "-shm" })
            File.Delete(Store + suffix);
    }

    private async Task SayAndStoreAsync(string id, int stored)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","text":"我要退款"}"""));
        using var response =
            await _appliance.Http.PostAsync(new Uri("/analyze", UriKind.Relative), content, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        await Condition.BecomesTrueAsync(async () => await _appliance.GetMetricAsync("edge_uncertain_cases_stored_total") == stored);
    }
}
