namespace Edge.Appliance.Answering;

/// <summary>Why a message got no answer. The message never quotes the utterance.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Message">What was found and what is allowed.</param>
/// <param name="Id">Id of the message, where it could be read.</param>
internal sealed record UtteranceError(string Code, string Message, string? Id = null);
