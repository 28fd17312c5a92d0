using Edge.Bundles.Common;
using Edge.Bundles.Links;

namespace Edge.Bundle.Tests.Links;

public sealed class BundleLinksTests : IDisposable
{
    private static readonly string[] Steps = ["note", "link", "history", "candidate"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-links-");
    private readonly BundleLinks _links;

    public BundleLinksTests()
    {
        foreach (var name in new[] { "a", "b", "c" })
            _folder.CreateSubdirectory(name);
        BundleLink.Set(At("current"), At("a"));
        _links = new BundleLinks(At("current"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Change_CandidateServes_AndTheHistorySaysSo()
    {
        BundleLink.Set(At("candidate"), At("b"));
        Assert.Equal(At("b"), _links.Waiting);

        _links.Change(Promote("b"));

        Assert.Equal(At("b"), _links.Served);
        Assert.Null(_links.Waiting);
        Assert.Null(BundleLink.TargetOf(At("candidate")));
        var change = Assert.Single(_links.History());
        Assert.Equal((At("a"), At("b"), "ann", "better"), (change.From, change.To, change.Who, change.Why));
        Assert.Equal(["a", "b", "c", "current", "history.jsonl"], Names());
    }

    [Fact]
    public void Set_FolderBesideTheLink_IsNamedWithoutItsPath()
    {
        Assert.Equal("a", new FileInfo(At("current")).LinkTarget);
        var moved = _folder.FullName + "-moved";
        Directory.Move(_folder.FullName, moved);
        Assert.Equal(Path.Combine(moved, "a"), BundleLink.TargetOf(Path.Combine(moved, "current")));
        Directory.Move(moved, _folder.FullName);
    }

    [Fact]
    public void Set_FolderStandsThere_IsRefusedAndLeftAlone()
    {
        var refused = Assert.Throws<BundleException>(() => BundleLink.Set(At("a"), At("b")));

        Assert.Contains("is no symbolic link", refused.Message, StringComparison.Ordinal);
        Assert.True(Directory.Exists(At("a")));
        Assert.Equal(["a", "b", "c", "current"], Names());
    }

    // A kill after any step: what others see is the bundle before or the bundle after, and the next change finishes the rest.
    [Theory]
    [InlineData("note", "a", 0)]
    [InlineData("link", "b", 1)]
    [InlineData("history", "b", 1)]
    [InlineData("candidate", "b", 1)]
    public void Change_EndedAfterAStep_IsMadeOrNotMade(string step, string served, int changes)
    {
        BundleLink.Set(At("candidate"), At("b"));
        var dying = new BundleLinks(At("current"), null, after => _ = after == step ? throw new IOException("killed") : 0);

        Assert.Throws<IOException>(() => dying.Change(Promote("b")));

        Assert.Equal(At(served), _links.Served);
        Assert.Equal(changes, _links.History().Count);
        Assert.Equal(served == "a" ? At("b") : null, _links.Waiting);

        _links.Change(new BundleChange
        {
            At = DateTimeOffset.UnixEpoch, Who = "ann", Action = BundleAction.Promote, From = At(served), To = At("c"), Why = "again"
        });
        Assert.Equal(At("c"), _links.Served);
        Assert.Equal(changes + 1, _links.History().Count);
        string[] left = served == "a" ? ["candidate", "current", "history.jsonl"] : ["current", "history.jsonl"];
        Assert.Equal(["a", "b", "c", .. left], Names());
    }

    [Fact]
    public void Change_StepsOfTheTest_AreAll()
    {
        List<string> seen = [];
        new BundleLinks(At("current"), null, seen.Add).Change(Promote("b"));
        Assert.Equal(Steps, seen);
    }

    [Fact]
    public void History_LineCutShort_CountsAsNotWritten()
    {
        _links.Change(Promote("b"));
        File.AppendAllText(_links.HistoryFile, "{\"key\":\"0");

        Assert.Single(_links.History());
        _links.Change(Promote("c") with { From = At("b") });

        Assert.Equal([At("b"), At("c")], _links.History().Select(change => change.To));
    }

    [Fact]
    public void History_LineThatIsNoChange_IsNamed()
    {
        File.WriteAllText(_links.HistoryFile, "{}\n");
        var problem = Assert.Throws<BundleException>(() => _links.History());
        Assert.Contains("history.jsonl, line 1: is no change", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Previous_AfterPromotionsAndRollbacks_IsTheOneBefore()
    {
        Assert.Null(_links.Previous());
        _links.Change(Promote("b"));
        Assert.Equal(At("a"), _links.Previous());
        _links.Change(Promote("c") with { From = At("b") });
        Assert.Equal(At("b"), _links.Previous());
        _links.Change(Promote("b") with { From = At("c"), Action = BundleAction.Rollback });
        // Not c, which was taken back.
        Assert.Equal(At("a"), _links.Previous());
        // By hand.
        BundleLink.Set(At("current"), At("c"));
        Assert.Equal(At("b"), _links.Previous());
    }

    [Fact]
    public void Change_LinkMovedMeanwhile_IsRefused()
    {
        BundleLink.Set(At("current"), At("c"));
        var refused = Assert.Throws<BundleException>(() => _links.Change(Promote("b")));
        Assert.Contains("somebody else changed it", refused.Message, StringComparison.Ordinal);
        Assert.Equal(At("c"), _links.Served);
    }

    [Fact]
    public void Change_TwoAtOnce_OneIsToldToWait()
    {
        BundleException? refused = null;
        var outer = new BundleLinks(At("current"), null, step =>
        {
            if (step == "link")
                refused = Assert.Throws<BundleException>(() => _links.Change(Promote("c") with { From = At("b") }));
        });

        outer.Change(Promote("b"));

        Assert.Contains("Wait for the other change", refused!.Message, StringComparison.Ordinal);
        Assert.Equal(At("b"), _links.Served);
    }

    private BundleChange Promote(string to) => new()
    {
        At = DateTimeOffset.UnixEpoch, Who = "ann", Action = BundleAction.Promote, From = At("a"), To = At(to), Why = "better",
    };

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private string[] Names() =>
    [
        .. _folder.EnumerateFileSystemInfos("*").Select(entry => entry.Name).Where(name => name != ".links.lock")
            .Order(StringComparer.Ordinal),
    ];
}
