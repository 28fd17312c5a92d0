namespace Edge.Appliance.Analysis;

/// <summary>A device runs nothing any more, whatever it is given, until this process ends.</summary>
/// <param name="device">The device, for example <c>cuda:0</c>.</param>
/// <param name="unanswered">What its worker had taken and not answered, oldest first.</param>
/// <param name="innerException">What the last run said.</param>
internal sealed class DeviceLostException(string device, IReadOnlyList<PendingAnalysis> unanswered, Exception innerException)
    : Exception($"{device} is lost: {innerException.Message}", innerException)
{
    /// <summary>What its worker had taken and not answered, oldest first.</summary>
    public IReadOnlyList<PendingAnalysis> Unanswered { get; } = unanswered;
}
