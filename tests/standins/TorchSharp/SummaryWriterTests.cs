using System.Text;
using TorchSharp;

namespace Edge.Standins.Tests.Torch;

/// <summary>The event file, read back by a reader of the test's own.</summary>
public sealed class SummaryWriterTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("edge-events-").FullName;

    public void Dispose() => Directory.Delete(_directory, true);

    [Fact]
    public void AddScalar_EachCall_AppendsOneCheckedRecord()
    {
        var writer = torch.utils.tensorboard.SummaryWriter(_directory);
        writer.add_scalar("loss", 1.5f, 3);
        writer.add_scalar("loss", 0.25f, 4);
        Assert.Equal(_directory, writer.LogDir);

        var file = Assert.Single(Directory.GetFiles(_directory, "events.out.tfevents.*"));
        var events = Records(File.ReadAllBytes(file)).ConvertAll(Fields);
        Assert.Equal(3, events.Count);
        Assert.Equal("brain.Event:2", Encoding.UTF8.GetString(events[0][3]));
        Assert.Equal((3L, "loss", 1.5f), Scalar(events[1]));
        Assert.Equal((4L, "loss", 0.25f), Scalar(events[2]));
    }

    [Fact]
    public void AddTextAndHistogram_AreReadable()
    {
        var writer = torch.utils.tensorboard.SummaryWriter(_directory);
        writer.add_text("note", "客服", 1);
        using (var values = torch.tensor(new[] { 1f, 2f, 2f, -3f }))
            writer.add_histogram("weights", values, 2);

        var events = Records(File.ReadAllBytes(Directory.GetFiles(_directory).Single())).ConvertAll(Fields);
        var text = Fields(Fields(events[1][5])[1]);
        Assert.Equal("note/text_summary", Encoding.UTF8.GetString(text[1]));
        Assert.Equal("客服", Encoding.UTF8.GetString(Fields(text[8])[8]));
        var histogram = Fields(Fields(Fields(events[2][5])[1])[5]);
        double Number(int field) => BitConverter.ToDouble(histogram[field]);
        Assert.Equal((-3, 2, 4, 2, 18), (Number(1), Number(2), Number(3), Number(4), Number(5)));
        Assert.Equal(histogram[6].Length, histogram[7].Length);
    }

    [Fact]
    public void AddScalars_EachSeries_HasAFolderOfItsOwn()
    {
        var writer = torch.utils.tensorboard.SummaryWriter(_directory);
        writer.add_scalars("f1", new Dictionary<string, float> { ["dev"] = 0.5f, ["test"] = 0.75f }, 1);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(_directory, "f1_test")));
        Assert.Equal((1L, "f1", 0.75f), Scalar(Fields(Records(File.ReadAllBytes(file))[1])));
    }

    private static (long Step, string Tag, float Value) Scalar(Dictionary<int, byte[]> found)
    {
        var value = Fields(Fields(found[5])[1]);
        return (BitConverter.ToInt64(found[2]), Encoding.UTF8.GetString(value[1]), BitConverter.ToSingle(value[2]));
    }

    /// <summary>Length, its checksum, data, their checksum.</summary>
    private static List<byte[]> Records(byte[] file)
    {
        var records = new List<byte[]>();
        for (var at = 0; at < file.Length;)
        {
            var length = (int)BitConverter.ToInt64(file, at);
            Assert.Equal(Checksum(file.AsSpan(at, 8)), BitConverter.ToUInt32(file, at + 8));
            var data = file.AsSpan(at + 12, length);
            Assert.Equal(Checksum(data), BitConverter.ToUInt32(file, at + 12 + length));
            records.Add(data.ToArray());
            at += 16 + length;
        }
        return records;
    }

    /// <summary>CRC-32C bit by bit, masked.</summary>
    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : 0x82f63b78u);
        }
        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8u;
    }

    /// <summary>A message's fields by number; varints as eight bytes.</summary>
    private static Dictionary<int, byte[]> Fields(byte[] message)
    {
        var fields = new Dictionary<int, byte[]>();
        var at = 0;
        while (at < message.Length)
        {
            var tag = Varint(message, ref at);
            var length = (tag & 7) switch { 1 => 8, 5 => 4, 2 => (int)Varint(message, ref at), _ => 0 };
            fields[(int)(tag >> 3)] = (tag & 7) == 0 ? BitConverter.GetBytes(Varint(message, ref at)) : message[at..(at + length)];
            at += length;
        }
        return fields;
    }

    private static long Varint(byte[] message, ref int at)
    {
        var value = 0L;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (long)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }
    }
}
