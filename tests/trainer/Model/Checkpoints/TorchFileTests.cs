using System.Text.Json;
using Edge.Trainer.Model.Checkpoints;

namespace Edge.Trainer.Tests.Model.Checkpoints;

public sealed class TorchFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-torch-").FullName;

    [Theory]
    [InlineData("state.zip.bin")]
    [InlineData("state.legacy.bin")]
    public void Open_StateDictOfPyTorch_GivesItsNamesShapesAndValues(string name)
    {
        var tensors = TorchFile.Open(GoldenCheckpoints.PathOf(name));
        using var expected = JsonDocument.Parse(File.ReadAllBytes(GoldenCheckpoints.PathOf("state.expected.json")));

        Assert.Equal(expected.RootElement.EnumerateObject().Select(entry => entry.Name).Append("position_ids"), tensors.Keys);
        foreach (var entry in expected.RootElement.EnumerateObject())
        {
            var tensor = tensors[entry.Name];
            Assert.Equal(entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), tensor.Shape);
            Assert.Equal(
                entry.Value.GetProperty("values").EnumerateArray().Select(value => (float)value.GetDouble()), tensor.Read(entry.Name));
        }
        Assert.Equal(ElementType.I64, tensors["position_ids"].Type);
        Assert.Contains("is of type I64", Assert.Throws<CheckpointException>(() => tensors["position_ids"].Read("x")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SomeRows_GivesTheFirstOnes()
    {
        var tensors = TorchFile.Open(GoldenCheckpoints.PathOf("state.zip.bin"));
        foreach (var name in new[] { "float", "transposed", "half" })
            Assert.Equal(tensors[name].Read(name)[..(2 * (int)tensors[name].Shape[1])], tensors[name].Read(name, 2));
    }

    [Theory]
    [InlineData("refused.call.bin", "builtins.print")]
    [InlineData("refused.call.legacy.bin", "builtins.print")]
    [InlineData("refused.module.bin", "torch.nn.modules.linear.Linear")]
    [InlineData("refused.nested.bin", "has no tensor (1 entries: model)")]
    public void Open_SomethingElseThanAStateDict_NamesWhatIsRefused(string name, string named)
    {
        // Protocol 2 writes the old module's name of print.
        var message = Assert.Throws<CheckpointException>(() => TorchFile.Open(GoldenCheckpoints.PathOf(name))).Message;
        Assert.Contains(named.Replace("builtins", "__builtin__", StringComparison.Ordinal), message, StringComparison.Ordinal);
        Assert.Contains("torch.save", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_EveryTruncation_IsRefused()
    {
        foreach (var name in new[] { "state.zip.bin", "state.legacy.bin" })
        {
            var whole = File.ReadAllBytes(GoldenCheckpoints.PathOf(name));
            for (var length = 0; length < whole.Length; length += 1 + (length % 37))
            {
                var bytes = whole[..length];
                Assert.Throws<CheckpointException>(() => OpenAndRead(bytes));
            }
        }
    }

    [Theory]
    [InlineData("state.zip.bin")]
    [InlineData("state.legacy.bin")]
    public void Open_AnyByteChanged_ReadsOrRefuses(string name)
    {
        var whole = File.ReadAllBytes(GoldenCheckpoints.PathOf(name));
        var random = new Random(1);
        var refused = 0;
        for (var i = 0; i < 500; i++)
        {
            var bytes = (byte[])whole.Clone();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            refused += TryRead(bytes) ? 0 : 1;
        }
        Assert.InRange(refused, 100, 500);
    }

    [Fact]
    public void Open_ValuesOfTheZipFormChanged_AreFoundByTheirChecksum()
    {
        var bytes = File.ReadAllBytes(GoldenCheckpoints.PathOf("state.zip.bin"));
        var entry = ZipDirectory.Read(GoldenCheckpoints.PathOf("state.zip.bin"))
            .Single(e => e.Key.EndsWith("/data/0", StringComparison.Ordinal)).Value;
        bytes[entry.Start] ^= 1;
        Assert.Contains("checksum", Assert.Throws<CheckpointException>(() => OpenAndRead(bytes)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 2, (byte)'c', (byte)'o', (byte)'s', (byte)'\n', (byte)'s', (byte)'y', (byte)'s', (byte)'\n' },
        "names os.sys")]
    [InlineData(new byte[] { 0x80, 2, (byte)'i', (byte)'o', (byte)'s', (byte)'\n' }, "opcode INST (0x69)")]
    [InlineData(new byte[] { 0x80, 2, 0x81 }, "opcode NEWOBJ (0x81)")]
    [InlineData(new byte[] { 0x80, 5 }, "protocol 5")]
    [InlineData(new byte[] { 0x80, 2, (byte)'X', 255, 255, 255, 255 }, "a string of 4294967295 bytes")]
    [InlineData(new byte[] { 0x80, 2, (byte)'t' }, "no mark")]
    [InlineData(new byte[] { 0x80, 2, (byte)'h', 3 }, "nothing was remembered as 3")]
    [InlineData(new byte[] { 0x80, 2, (byte)'N' }, "ends at byte 3")]
    public void Read_PickleThatIsNotAStateDict_SaysWhatIsWrong(byte[] pickle, string message) =>
        Assert.Contains(message, Assert.Throws<CheckpointException>(() => ReadPickle(pickle)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_PickleThatNeverEnds_IsRefusedAfterItsSteps()
    {
        var pickle = new byte[3_000_000];
        Array.Fill(pickle, (byte)'N');
        Assert.Contains("1000000 steps", Assert.Throws<CheckpointException>(() => ReadPickle(pickle)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 4\n", "Git LFS")]
    [InlineData("<html>not found</html>", "another kind of file")]
    [InlineData("", "another kind of file")]
    public void Open_TextInPlaceOfWeights_SaysWhatItIs(string text, string message)
    {
        var path = Path.Combine(_folder, "pytorch_model.bin");
        File.WriteAllText(path, text);
        Assert.Contains(message, Assert.Throws<CheckpointException>(() => TorchFile.Open(path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static object? ReadPickle(byte[] pickle) =>
        new PickleReader(new PickleInput("x", new MemoryStream(pickle)), new TorchObjects("x")).Read();

    private bool TryRead(byte[] bytes)
    {
        try
        {
            OpenAndRead(bytes);
            return true;
        }
        catch (CheckpointException)
        {
            return false;
        }
    }

    private void OpenAndRead(byte[] bytes)
    {
        var path = Path.Combine(_folder, "x.bin");
        File.WriteAllBytes(path, bytes);
        foreach (var (name, tensor) in TorchFile.Open(path))
        {
            if (tensor.Type.IsFloating())
                Assert.Equal(tensor.Shape.Aggregate(1L, (count, size) => count * size), tensor.Read(name).Length);
        }
    }
}
