namespace Edge.Appliance.Health;

/// <summary>How much a health warning matters.</summary>
internal enum HealthSeverity
{
    /// <summary>Answers come as they should, but something needs a look.</summary>
    Warning,

    /// <summary>Some utterances are not answered, or a case is not stored.</summary>
    Error,
}
