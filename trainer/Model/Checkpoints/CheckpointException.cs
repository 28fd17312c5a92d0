using Edge.Bundles.Common;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>A checkpoint cannot be read; the message says place, what was found, what is allowed and what helps.</summary>
internal sealed class CheckpointException : UserException
{
    /// <param name="place">File, or file and tensor.</param>
    /// <param name="problem">Found, allowed, remedy.</param>
    /// <param name="inner">What it came from.</param>
    public CheckpointException(string place, string problem, Exception? inner = null)
        : base($"{place}: {problem}", inner)
    {
    }

    /// <param name="message">A whole message of another part of the product.</param>
    /// <param name="inner">What it came from.</param>
    public CheckpointException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
