namespace Edge.Appliance.Mqtt;

/// <summary>What <see cref="Suspects"/> says of a message.</summary>
internal enum Suspicion
{
    /// <summary>Publish it like any other.</summary>
    None,

    /// <summary>Publish it while nothing else is being published.</summary>
    PublishAlone,

    /// <summary>Do not publish it again.</summary>
    Convicted,
}
