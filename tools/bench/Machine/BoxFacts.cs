namespace Edge.Bench.Machine;

/// <summary>What a box has, as far as it matters for speed.</summary>
internal sealed record BoxFacts
{
    /// <summary>Name of the processor.</summary>
    public required string Processor { get; init; }

    /// <summary>Processors that this process may run on.</summary>
    public required int Processors { get; init; }

    /// <summary>Processors' worth of time that the container may use; <c>null</c>: no limit.</summary>
    public double? CpuQuota { get; init; }

    /// <summary>Memory of the box or the container, GiB.</summary>
    public required double MemoryGiB { get; init; }

    /// <summary>Memory that can be had without swapping, GiB.</summary>
    public required double FreeMemoryGiB { get; init; }

    /// <summary>Instructions for INT8 MatMul, in words.</summary>
    public required string EightBitProducts { get; init; }

    /// <summary>Whether they multiply and add four numbers at once (VNNI; dot-product instructions of Arm).</summary>
    public required bool HasFastEightBit { get; init; }

    /// <summary>Frequency governor; <c>null</c>: the box does not say, as most virtual machines.</summary>
    public string? Governor { get; init; }

    /// <summary>CUDA GPU; <c>null</c>: none.</summary>
    public string? Gpu { get; init; }

    /// <summary>Version of ONNX Runtime.</summary>
    public required string OnnxRuntime { get; init; }

    /// <summary>Its execution providers.</summary>
    public required IReadOnlyList<string> Providers { get; init; }

    /// <summary>Packages in use.</summary>
    public required IReadOnlyList<string> Packages { get; init; }

    /// <summary>Version of .NET.</summary>
    public required string DotNet { get; init; }

    /// <summary>mosquitto's configuration; <c>null</c>: there is none that can be read.</summary>
    public MosquittoFile? Mosquitto { get; init; }

    /// <summary>What the box did while it was watched.</summary>
    public required BoxActivity Activity { get; init; }
}
