using System.CommandLine;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer data</c>: looks at labelled utterances before a model is trained, and makes test sets from others.</summary>
internal static class DataCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create() =>
        new("data", "Makes stress sets from labelled utterances.\nExample: edge-trainer data stress --data data/calls/test.jsonl --out data/stress")
        {
            DataStressCommand.Create(),
        };
}
