using Edge.Bench.Machine;

namespace Edge.Bench.Tests.Machine;

public sealed class BoxHintsTests
{
    private static readonly BoxFacts Good = new()
    {
        Processor = "a processor", Processors = 4, CpuQuota = 4, MemoryGiB = 8, FreeMemoryGiB = 6, EightBitProducts = "VNNI",
        HasFastEightBit = true, Governor = "performance",
        Gpu = "NVIDIA H100", OnnxRuntime = "1", Providers = ["CUDAExecutionProvider", "CPUExecutionProvider"], Packages = [], DotNet = "10",
        Mosquitto = Broker(isRight: true),
        Activity = new BoxActivity(0.01, 0.01, 1000, 3000), // the clock of a box that waits
    };

    public static TheoryData<string, string, string> Hints => new()
    {
        { "eight bits", "has no VNNI", "one that has it" },
        { "governor", "governor is powersave", "cpupower frequency-set -g performance" },
        { "quota", "the time of 1.5 of 4 processors", "set Analysis:Workers to 1" },
        { "memory", "0.3 of 8.0 GiB of memory are free", "add memory" },
        { "others", "other programs use 30 %", "end them" },
        { "steal", "takes 10 % of their time away", "processors of its own" },
        { "gpu", "has NVIDIA H100, and this build is without CUDA", "./build.sh build --gpu" },
        { "mosquitto", "m.conf: max_queued_messages is 1000 (not set)", "put 'max_queued_messages 0' there" },
    };

    [Theory]
    [MemberData(nameof(Hints))]
    public void Of_OneThingToImprove_SaysWhatWasFoundAndWhatToDo(string what, string found, string todo)
    {
        var facts = what switch
        {
            "eight bits" => Good with { HasFastEightBit = false },
            "governor" => Good with { Governor = "powersave" },
            "quota" => Good with { CpuQuota = 1.5 },
            "memory" => Good with { FreeMemoryGiB = 0.3 },
            "others" => Good with { Activity = Good.Activity with { OthersShare = 0.3 } },
            "steal" => Good with { Activity = Good.Activity with { StolenShare = 0.1 } },
            "gpu" => Good with { Providers = ["CPUExecutionProvider"] },
            _ => Good with { Mosquitto = Broker(isRight: false) },
        };

        var hint = Assert.Single(BoxHints.Of(facts));
        Assert.Contains(found, hint, StringComparison.Ordinal);
        Assert.Contains(todo, hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_GoodBox_IsNothing() => Assert.Empty(BoxHints.Of(Good));

    [Fact]
    public void Of_WhatABoxDoesNotSay_IsNothing() =>
        Assert.Empty(BoxHints.Of(Good with { CpuQuota = null, Governor = null, Gpu = null, Providers = [], Mosquitto = null }));

    [Theory]
    [InlineData("max 100000\n", null)]
    [InlineData("150000 100000\n", 1.5)]
    [InlineData("", null)]
    public void ParseQuota_CpuMax_IsProcessors(string text, double? expected) => Assert.Equal(expected, BoxFactsReader.ParseQuota(text));

    [Theory]
    [InlineData(64, "Name:\tx\nCpus_allowed:\t00000000,0000000f\n", 4)]
    [InlineData(2, "Cpus_allowed:\tffff\n", 2)] // processors that could be plugged in
    [InlineData(2, null, 2)]
    public void Processors_OfABoxAndAMask_AreThoseThatAreThereAndAllowed(int present, string? status, int expected) =>
    Assert.Equal(expected, BoxFactsReader.Processors(present, status));

    private static MosquittoFile Broker(bool isRight) => new("m.conf", [
        new MosquittoFinding
        {
            Name = "max_queued_messages", Found = "1000 (not set)", Wanted = "0", IsRight = isRight,
            Remedy = "put 'max_queued_messages 0' there"
        }]);
}
