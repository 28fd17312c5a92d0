using System.Globalization;

namespace Edge.Bench.Machine;

/// <summary>What would make a box faster, or its broker safer: each hint says what was found and what to do.</summary>
internal static class BoxHints
{
    /// <summary>
    /// Below it a box swaps: an appliance takes 0.1 GiB (edge-bench model shows it), twice while it goes over to a new bundle, and a broker
    /// and the system are there, too.
    /// </summary>
    private const double LeastFreeGiB = 0.5;

    /// <summary>Judges facts.</summary>
    /// <returns>The hints; empty where there is nothing to improve.</returns>
    public static IReadOnlyList<string> Of(BoxFacts facts) => [.. All(facts)];

    private static IEnumerable<string> All(BoxFacts facts)
    {
        if (!facts.HasFastEightBit)
            yield return "The processor has no VNNI; one that has it runs INT8 MatMul two to four times as fast.";
        if (facts.Governor is { } governor && governor != "performance")
            yield return $"The frequency governor is {governor}; 'cpupower frequency-set -g performance' keeps the clock up between " +
                "utterances.";
        if (facts.CpuQuota is { } quota && quota < facts.Processors)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"The container may use the time of {quota:0.##} of {facts.Processors} processors (cpu.max) and stands still when " +
                $"it is used up; raise it (docker run --cpus, CPUQuota= of systemd), or set Analysis:Workers to " +
                $"{Math.Max(1, (int)quota)}.");
        }
        if (facts.FreeMemoryGiB < LeastFreeGiB)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{facts.FreeMemoryGiB:0.0} of {facts.MemoryGiB:0.0} GiB of memory are free; keep {LeastFreeGiB:0.0} GiB free, or " +
                $"the model is swapped out: end other programs or add memory.");
        }
        foreach (var taken in facts.Activity.Taken())
            yield return $"While the box was watched: {taken}.";
        if (facts.Gpu is { } gpu && !facts.Providers.Contains("CUDAExecutionProvider"))
            yield return $"The box has {gpu}, and this build is without CUDA; './build.sh build --gpu' brings the CUDA packages; with " +
                "libtorch's, training runs on it. Answers stay on the processor.";
        foreach (var setting in facts.Mosquitto?.Settings.Where(setting => !setting.IsRight) ?? [])
        {
            yield return $"{facts.Mosquitto!.File}: {setting.Name} is {setting.Found}; use {setting.Wanted}: {setting.Remedy} " +
                "(docs/guide/operate.md, The broker).";
        }
    }
}
