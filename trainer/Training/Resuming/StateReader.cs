using System.Text;
using static TorchSharp.torch;

namespace Edge.Trainer.Training.Resuming;

/// <summary>Reads what <see cref="StateWriter"/> wrote.</summary>
internal sealed class StateReader : IDisposable
{
    private const int LongestHeader = 1 << 24;
    private readonly string _path;
    private readonly FileStream _file;

    /// <summary>Opens a file.</summary>
    /// <exception cref="InvalidDataException">It is none of these files.</exception>
    public StateReader(string path)
    {
        _path = path;
        _file = File.OpenRead(path);
        try
        {
            Header = ReadHeader();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>UTF-8 JSON.</summary>
    public byte[] Header { get; }

    /// <summary>Copies the next values into a tensor of the same shape as the one that was written.</summary>
    public void ReadInto(Tensor target)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var values = empty(target.shape, dtype: target.dtype);
        ReadExactly(values.bytes);
        target.copy_(values);
    }

    /// <summary>Says that everything was read.</summary>
    /// <exception cref="InvalidDataException">Something is left.</exception>
    public void Complete()
    {
        if (_file.Position != _file.Length)
            throw new InvalidDataException(
                $"{_path}: {_file.Length - _file.Position} bytes are left over; the file belongs to another model. {Remedy(_path)}");
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>What helps against a state that cannot be used.</summary>
    public static string Remedy(string path) => $"Remove {Path.GetDirectoryName(path)} and start again without --resume.";

    private byte[] ReadHeader()
    {
        var start = new byte[StateWriter.Mark.Length + sizeof(int)];
        ReadExactly(start);
        if (Encoding.ASCII.GetString(start, 0, StateWriter.Mark.Length) != StateWriter.Mark)
            throw new InvalidDataException($"{_path}: this is no training state of this version. {Remedy(_path)}");
        var length = BitConverter.ToInt32(start, StateWriter.Mark.Length);
        if (length is < 0 or > LongestHeader)
            throw new InvalidDataException($"{_path}: the header claims {length} bytes. {Remedy(_path)}");
        var header = new byte[length];
        ReadExactly(header);
        return header;
    }

    private void ReadExactly(Span<byte> buffer)
    {
        if (_file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
            throw new InvalidDataException($"{_path}: the file ends at {_file.Length} bytes, before its values do. {Remedy(_path)}");
    }
}
