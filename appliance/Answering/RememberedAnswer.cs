namespace Edge.Appliance.Answering;

/// <summary>An answer, perhaps still in work.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="IsKnown">Whether the id came before.</param>
/// <param name="IsOtherText">Whether it came with another text.</param>
internal readonly record struct RememberedAnswer(Task<Answer> Answer, bool IsKnown, bool IsOtherText);
