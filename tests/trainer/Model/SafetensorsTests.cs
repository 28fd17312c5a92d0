using System.Buffers.Binary;
using System.Text;
using Edge.Trainer.Export;
using Edge.Trainer.Model;

namespace Edge.Trainer.Tests.Model;

public sealed class SafetensorsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-safetensors-").FullName;

    private string File => Path.Combine(_folder, "x.safetensors");

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var weights = new Dictionary<string, WeightTensor>
        {
            ["b.weight"] = new([1, -2.5f, float.Epsilon, 4, 5, 6], [2, 3]),
            ["a.bias"] = new([0.1f], [1]),
            ["scalar"] = new([7], []),
        };
        SafetensorsWriter.Write(File, weights);
        var read = SafetensorsReader.Read(File);

        Assert.Equal(3, read.Count);
        foreach (var (name, weight) in weights)
        {
            Assert.Equal(weight.Values, read[name].Values);
            Assert.Equal(weight.Shape, read[name].Shape);
        }
    }

    [Fact]
    public void Write_AnyWeights_StartsValuesAligned()
    {
        SafetensorsWriter.Write(File, new Dictionary<string, WeightTensor> { ["x"] = new([1], [1]) });
        Assert.Equal(0UL, BinaryPrimitives.ReadUInt64LittleEndian(System.IO.File.ReadAllBytes(File)) % 8);
    }

    [Theory]
    [InlineData("""{"x":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}""", "only F32")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "do not hold [2]")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "do not hold [1]")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "do not hold [-1]")]
    [InlineData("""{"x":{"dtype":"F32","shape":[65536,65536,65536,65536],"data_offsets":[0,4]}}""", "do not hold")]
    [InlineData("""{"x":{"shape":[1]}}""", "needs dtype")]
    [InlineData("""{"x":7}""", "needs dtype")]
    [InlineData("[]", "is an object")]
    [InlineData("{", "no JSON")]
    public void Read_BrokenHeader_SaysWhatIsWrong(string header, string message)
    {
        var bytes = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)bytes.Length);
        System.IO.File.WriteAllBytes(File, [.. length, .. bytes, 0, 0, 0, 0]);

        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => SafetensorsReader.Read(File)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void Read_FileThatEndsTooEarly_SaysSo(int size)
    {
        System.IO.File.WriteAllBytes(File, [.. Enumerable.Repeat((byte)1, size)]);
        Assert.Throws<InvalidDataException>(() => SafetensorsReader.Read(File));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
