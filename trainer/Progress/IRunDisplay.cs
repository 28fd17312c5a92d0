namespace Edge.Trainer.Progress;

/// <summary>Shows a run to a person: progress bars on a terminal, plain lines otherwise.</summary>
internal interface IRunDisplay
{
    /// <summary>Writes a line that stays. Not within a phase.</summary>
    void Line(string text);

    /// <summary>Runs a phase and shows the reports that it makes; the last one stays.</summary>
    T Phase<T>(string name, Func<Action<PhaseReport>, T> work);
}
