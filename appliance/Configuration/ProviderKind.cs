namespace Edge.Appliance.Configuration;

/// <summary>What runs the model.</summary>
internal enum ProviderKind
{
    /// <summary>Whichever is measured to be faster here.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>GPUs.</summary>
    Cuda,
}
