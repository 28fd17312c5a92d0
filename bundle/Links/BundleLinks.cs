using System.Text.Json;
using Edge.Bundles.Common;

namespace Edge.Bundles.Links;

/// <summary>
/// The links of a box: <c>current</c>, which serves, and <c>candidate</c>, which might. A change is one rename, so that a kill or a power
/// cut leaves the bundle before or the bundle after; the note of what is under way lets the next one finish or forget the rest:
/// 1. write the note; 2. rename the link; 3. add the change to the history; 4. remove the candidate's link; 5. remove the note.
/// </summary>
public sealed class BundleLinks
{
    private readonly Action<string> _after;

    /// <summary>Creates it.</summary>
    /// <param name="current">Path of the link that serves.</param>
    /// <param name="candidate">Path of the candidate's link; null for <c>candidate</c> beside the other.</param>
    public BundleLinks(string current, string? candidate = null)
        : this(current, candidate, _ => { })
    {
    }

    /// <summary>The same, for tests that end it after a step.</summary>
    internal BundleLinks(string current, string? candidate, Action<string> after)
    {
        ArgumentException.ThrowIfNullOrEmpty(current);
        Current = Path.TrimEndingDirectorySeparator(Path.GetFullPath(current));
        Folder = Path.GetDirectoryName(Current)!;
        Candidate = Path.TrimEndingDirectorySeparator(Path.GetFullPath(candidate ?? Path.Combine(Folder, "candidate")));
        _after = after;
    }

    /// <summary>Path of the link that serves.</summary>
    public string Current { get; }

    /// <summary>Path of the candidate's link.</summary>
    public string Candidate { get; }

    /// <summary>Where the links are.</summary>
    public string Folder { get; }

    /// <summary>Path of the history.</summary>
    public string HistoryFile => Path.Combine(Folder, BundleHistory.FileName);

    private string Note => Path.Combine(Folder, $".{Path.GetFileName(Current)}.change.json");

    /// <summary>The folder that serves; null where there is no link.</summary>
    public string? Served => BundleLink.TargetOf(Current);

    /// <summary>The candidate's folder; null where there is none, or it serves already.</summary>
    public string? Waiting => BundleLink.TargetOf(Candidate) is { } folder && folder != Served ? folder : null;

    /// <summary>All changes, oldest first; one that was cut short after its rename is among them.</summary>
    /// <exception cref="BundleException">The history cannot be read.</exception>
    public IReadOnlyList<BundleChange> History()
    {
        var changes = BundleHistory.Read(HistoryFile);
        return ReadNote() is { } note && IsMade(note) && !changes.Any(change => change.Key == note.Key) ? [.. changes, note] : changes;
    }

    /// <summary>
    /// The bundle that served before the one that serves, whatever was rolled back since left out; null where the history knows none.
    /// </summary>
    /// <exception cref="BundleException">The history cannot be read.</exception>
    public string? Previous()
    {
        List<string> served = [];
        foreach (var change in History())
        {
            if (served.Count == 0 && change.From is { } first)
                served.Add(first);
            if (change.Action == BundleAction.Rollback && served.LastIndexOf(change.To) is >= 0 and var place)
                served.RemoveRange(place + 1, served.Count - place - 1);
            else if (served.Count == 0 || served[^1] != change.To)
                served.Add(change.To);
        }
        // Where somebody moved the link by hand, the history ends with the bundle before.
        return served.LastOrDefault() is { } last && last != Served ? last : served.Count > 1 ? served[^2] : null;
    }

    /// <summary>Lets <see cref="Current"/> name another bundle, and writes the change down.</summary>
    /// <param name="change">The change; its <see cref="BundleChange.From"/> is what is named now.</param>
    /// <exception cref="BundleException">The links cannot be changed, or somebody else is changing them.</exception>
    public void Change(BundleChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        using var alone = Lock();
        Settle();
        if (change.From != Served)
            throw new BundleException(
                $"{Current}: names {Served ?? "nothing"} by now, not {change.From ?? "nothing"}: somebody else changed it. Look again.");
        WriteNote(change);
        _after("note");
        BundleLink.Set(Current, change.To);
        _after("link");
        Finish(change);
    }

    // What a kill cut short: made is made, the rest was never begun.
    private void Settle()
    {
        if (ReadNote() is not { } note)
            return;
        if (IsMade(note))
            Finish(note);
        else
            RemoveNote();
    }

    private void Finish(BundleChange change)
    {
        if (!BundleHistory.Read(HistoryFile).Any(known => known.Key == change.Key))
            BundleHistory.Add(HistoryFile, change);
        _after("history");
        if (BundleLink.TargetOf(Candidate) == change.To)
            BundleLink.Remove(Candidate);
        _after("candidate");
        RemoveNote();
    }

    private bool IsMade(BundleChange change) => Served == change.To;

    private void WriteNote(BundleChange change) =>
        DiskSync.Replace(Note, JsonSerializer.SerializeToUtf8Bytes(change, BundleHistory.Json), temporary: Note + ".tmp");

    private BundleChange? ReadNote()
    {
        try
        {
            return JsonSerializer.Deserialize<BundleChange>(File.ReadAllText(Note), BundleHistory.Json);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (JsonException problem)
        {
            throw new BundleException($"{Note}: is no change of a bundle: {problem.Message} Remove the file.", problem);
        }
    }

    private void RemoveNote()
    {
        File.Delete(Note);
        DiskSync.Folder(Folder);
    }

    private FileStream Lock()
    {
        try
        {
            return new FileStream(Path.Combine(Folder, ".links.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BundleException(
                $"{Folder}: the links cannot be changed: {failure.Message} Wait for the other change, or run this as the user who owns " +
                "the folder.", failure);
        }
    }
}
