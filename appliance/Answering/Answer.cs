namespace Edge.Appliance.Answering;

/// <summary>An answer that is ready to send.</summary>
/// <param name="Json">The answer, as docs/reference/mqtt.md has it.</param>
/// <param name="Stored">
/// Ends when the uncertain case is on disk (at once for a certain one): only then may the input be acknowledged.
/// </param>
internal sealed record Answer(byte[] Json, Task Stored);
