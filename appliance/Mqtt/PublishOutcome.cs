namespace Edge.Appliance.Mqtt;

/// <summary>How publishing ended.</summary>
internal enum PublishOutcome
{
    /// <summary>The broker has it.</summary>
    Published,

    /// <summary>The broker will not have it, now or later.</summary>
    Refused,

    /// <summary>The connection was lost first.</summary>
    ConnectionLost,
}
