using System.CommandLine;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer data</c>: looks at labelled utterances before a model is trained, and makes test sets from others.</summary>
internal static class DataCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CancellationToken cancellation) =>
        new("data", "Checks labelled utterances, and makes stress sets from them.\nExample: edge-trainer data check data/calls")
        {
            DataCheckCommand.Create(cancellation),
            DataStressCommand.Create(),
        };
}
