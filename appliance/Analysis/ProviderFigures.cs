using System.Globalization;

namespace Edge.Appliance.Analysis;

/// <summary>What measuring a bundle's golden utterances gave on a box.</summary>
internal sealed record ProviderFigures
{
    /// <summary>Id of the bundle.</summary>
    public required string Bundle { get; init; }

    /// <summary>Processor, GPU, driver and runtime: where one differs it is measured again.</summary>
    public required string Box { get; init; }

    /// <summary>The GPUs.</summary>
    public required string Gpu { get; init; }

    /// <summary>Median of an utterance on the processor, in milliseconds.</summary>
    public required double ProcessorMs { get; init; }

    /// <summary>Median of an utterance on the GPU, in milliseconds.</summary>
    public required double GpuMs { get; init; }

    /// <summary>Golden utterances that were measured.</summary>
    public required int Utterances { get; init; }

    /// <summary>Whether the GPU is the faster one.</summary>
    public bool IsGpuFaster() => GpuMs < ProcessorMs;

    /// <summary>For people.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Gpu} {GpuMs:0.###} ms, {ProcessorRunner.Name} {ProcessorMs:0.###} ms, median of {Utterances} golden utterances");
}
