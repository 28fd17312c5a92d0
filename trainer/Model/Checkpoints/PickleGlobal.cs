namespace Edge.Trainer.Model.Checkpoints;

/// <summary>A class or function that a pickle names. It is only a name here: nothing is looked up and nothing runs.</summary>
/// <param name="Module">Python module.</param>
/// <param name="Name">Name within it.</param>
internal sealed record PickleGlobal(string Module, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Module}.{Name}";
}
