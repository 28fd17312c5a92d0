using System.Text.Json;
using System.Text.Json.Nodes;
using Edge.Bundles.Tasks;
using Edge.Trainer.Progress;
using Edge.Trainer.Training.Resuming;

namespace Edge.Trainer.Training;

/// <summary>
/// A folder that keeps what a run has trained, so that it can go on after its process was killed, and ends with the same
/// weights. It holds one file for each phase, and <c>run.json</c>: what the run is of, and what was decided once by measuring.
/// Nothing is written before the first phase ends or the interval is over.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="interval">Time between two states of a phase; zero: after every step.</param>
/// <param name="time">Measures the interval.</param>
internal sealed class TrainingStore(string folder, TimeSpan interval, TimeProvider time)
{
    private const string RunFile = "run.json";
    private readonly long _started = time.GetTimestamp();
    private IReadOnlyDictionary<string, string> _identity = new Dictionary<string, string>();
    private JsonObject _remembered = [];
    private TimeSpan _elapsedBefore;
    private long _saved = time.GetTimestamp();
    private int _phases;

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>Whether there is anything in it.</summary>
    public bool Exists => File.Exists(Path.Combine(folder, RunFile));

    /// <summary>Wall time of the run, its earlier processes included.</summary>
    public TimeSpan Elapsed => _elapsedBefore + time.GetElapsedTime(_started);

    /// <summary>Begins a run, or goes on with the one that the folder holds.</summary>
    /// <param name="identity">Everything that decides what the run trains, by name.</param>
    /// <param name="resume">Whether to go on; otherwise what the folder holds is removed.</param>
    /// <param name="display">Where it is said what is kept.</param>
    /// <exception cref="InvalidDataException">The folder holds another run.</exception>
    public void Open(IReadOnlyDictionary<string, string> identity, bool resume, IRunDisplay display)
    {
        _identity = identity;
        if (!Exists || !resume)
        {
            Delete();
            if (resume)
                display.Line($"--resume: {folder} keeps nothing; the training starts at its beginning");
            return;
        }

        var run = JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, RunFile)))!;
        var kept = run["identity"].Deserialize<Dictionary<string, string>>()!;
        var differences = kept.Keys.Union(identity.Keys).Where(name => kept.GetValueOrDefault(name) != identity.GetValueOrDefault(name))
            .Select(name => $"{name} was {kept.GetValueOrDefault(name) ?? "not set"}, is {identity.GetValueOrDefault(name) ?? "not set"}")
            .ToArray();
        if (differences.Length > 0)
            throw new InvalidDataException(
                $"--resume: {folder} is of another run: {string.Join("; ", differences)}. Run it as it was, or without --resume and with " +
                "--force to start again.");
        _remembered = run["remembered"]!.DeepClone().AsObject();
        var files = Directory.GetFiles(folder, "phase-*.state");
        foreach (var file in files)
        {
            using var reader = new StateReader(file);
            var elapsed = PhaseHeader.Read(reader).RunElapsed;
            _elapsedBefore = elapsed > _elapsedBefore ? elapsed : _elapsedBefore;
        }
        display.Line(
            $"--resume: {folder} keeps {files.Length} {(files.Length == 1 ? "phase; it" : "phases; the last of them")} may be unfinished");
    }

    /// <summary>A decision that depends on the machine's speed or load: made once, and the same in every process of the run.</summary>
    public T Remember<T>(string name, Func<T> decide)
    {
        if (_remembered[name] is { } kept)
            return kept.Deserialize<T>(TaskFile.Json)!;
        var decided = decide();
        _remembered[name] = JsonSerializer.SerializeToNode(decided, TaskFile.Json);
        if (Exists)
            WriteRun(); // decided after the first state was written
        return decided;
    }

    /// <summary>Begins the next phase of the run: puts back what was kept of it.</summary>
    /// <returns>What the phase did, where it was over.</returns>
    public PhaseResult? Resume(PhaseState state)
    {
        _phases++;
        return File.Exists(FileOfPhase) ? state.Read(FileOfPhase) : null;
    }

    /// <summary>Writes the state of a phase, where the interval since the last one is over.</summary>
    public void SaveWhenDue(PhaseState state)
    {
        if (time.GetElapsedTime(_saved) >= interval)
            Save(state, null);
    }

    /// <summary>Writes what a phase has trained.</summary>
    public void Finish(PhaseState state, PhaseResult result) => Save(state, result);

    /// <summary>Removes the folder.</summary>
    public void Delete()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private string FileOfPhase => Path.Combine(folder, $"phase-{_phases:00}.state");

    private void Save(PhaseState state, PhaseResult? result)
    {
        if (!Exists)
            WriteRun();
        state.Write(FileOfPhase, Elapsed, result);
        _saved = time.GetTimestamp();
    }

    private void WriteRun()
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, RunFile);
        var run = new JsonObject { ["identity"] = JsonSerializer.SerializeToNode(_identity), ["remembered"] = _remembered.DeepClone() };
        File.WriteAllText(path + ".new", run.ToJsonString(TaskFile.Json) + "\n");
        File.Move(path + ".new", path, overwrite: true);
    }
}
