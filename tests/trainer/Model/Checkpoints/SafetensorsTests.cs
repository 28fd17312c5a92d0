using System.Buffers.Binary;
using System.Text;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Checkpoints;

namespace Edge.Trainer.Tests.Model.Checkpoints;

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
    [InlineData("""{"x":{"dtype":"I32","shape":[1],"data_offsets":[0,4]}}""", "weights are F32, F16, BF16 or F64")]
    [InlineData("""{"x":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}""", "is of type F8_E4M3; known are")]
    [InlineData("""{"x":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}""", "the header tells of 2 bytes of values, the file has 4")]
    [InlineData("""{"x":{"dtype":"F16","shape":[1],"data_offsets":[2,4]}}""", "starts at byte 2, the tensor before it ends at 0")]
    [InlineData("""{"x":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"y":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""",
        "starts at byte 0, the tensor before it ends at 2")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", "it needs 2")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "4 bytes do not hold [2] of F32")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "bytes 4 to 8 do not lie within")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "do not hold [-1]")]
    [InlineData("""{"x":{"dtype":"F32","shape":[65536,65536,65536,65536],"data_offsets":[0,4]}}""", "do not hold")]
    [InlineData("""{"x":{"shape":[1]}}""", "needs dtype")]
    [InlineData("""{"x":7}""", "needs dtype")]
    [InlineData("[]", "an object is needed")]
    [InlineData("{", "is no JSON")]
    [InlineData("""{"\ud800":7}""", "is no JSON")]
    public void Read_BrokenHeader_SaysWhatIsWrong(string header, string message)
    {
        Write(header, new byte[4]);
        Assert.Contains(message, Assert.Throws<CheckpointException>(() => SafetensorsReader.Read(File)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void Read_FileThatEndsTooEarly_SaysSo(int size)
    {
        System.IO.File.WriteAllBytes(File, [.. Enumerable.Repeat((byte)1, size)]);
        Assert.Throws<CheckpointException>(() => SafetensorsReader.Read(File));
    }

    [Fact]
    public void Read_EveryFloatingType_GivesItsValues()
    {
        // 0x4040: 3 in BF16
        byte[] values =
            [.. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes((Half)(-0.25)), 0x40, 0x40, .. BitConverter.GetBytes(2.125)];
        Write("""{"f":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"h":{"dtype":"F16","shape":[1],"data_offsets":[4,6]},"b":{"dtype":"BF16","shape":[1],"data_offsets":[6,8]},"d":{"dtype":"F64","shape":[1],"data_offsets":[8,16]}}""", values);

        Assert.Equal([1.5f, -0.25f, 3f, 2.125f], SafetensorsReader.Read(File).Values.Select(weight => weight.Values[0]));
    }

    [Fact]
    public void Read_EveryTruncation_IsRefused()
    {
        SafetensorsWriter.Write(File, new Dictionary<string, WeightTensor> { ["x"] = new([1, 2], [2]), ["y"] = new([], [0]) });
        var whole = System.IO.File.ReadAllBytes(File);
        for (var length = 0; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            Assert.Throws<CheckpointException>(() => SafetensorsReader.Read(File));
        }
    }

    [Fact]
    public void Read_AnyByteChanged_ReadsOrRefuses()
    {
        SafetensorsWriter.Write(File, new Dictionary<string, WeightTensor> { ["x"] = new([1, 2], [2]), ["y"] = new([3], []) });
        var whole = System.IO.File.ReadAllBytes(File);
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[random.Next(bytes.Length - 12)] = (byte)random.Next(256); // in the header
            System.IO.File.WriteAllBytes(File, bytes);
            try
            {
                SafetensorsReader.Read(File);
            }
            catch (CheckpointException)
            {
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string header, byte[] values)
    {
        var bytes = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)bytes.Length);
        System.IO.File.WriteAllBytes(File, [.. length, .. bytes, .. values]);
    }
}
