using System.CommandLine;

namespace Edge.Trainer.Commands;

/// <summary>
/// <c>edge-trainer data</c>: looks at labelled utterances before a model is trained, reads those of other tools, and makes test sets.
/// </summary>
internal static class DataCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CancellationToken cancellation) =>
        new("data",
            "Checks labelled utterances, reads those of other tools, and makes stress sets.\nExample: edge-trainer data check data/calls")
        {
            DataCheckCommand.Create(cancellation),
            DataImportCommand.Create(),
            DataStressCommand.Create(),
        };
}
