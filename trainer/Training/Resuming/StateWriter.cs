using System.Text;
using static TorchSharp.torch;

namespace Edge.Trainer.Training.Resuming;

/// <summary>
/// Writes the file of a phase: a mark, a header in JSON, then the values of tensors in an order that writer and reader share.
/// It is written beside its name and renamed once it is on the disk, so a process that is killed leaves the old file or the new one.
/// </summary>
internal sealed class StateWriter : IDisposable
{
    /// <summary>First bytes of the file; the number changes with the form.</summary>
    public const string Mark = "edge training state 2\n";

    private readonly string _path;
    private readonly FileStream _file;

    private StateWriter(string path, byte[] header)
    {
        _path = path;
        _file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        using var writer = new BinaryWriter(_file, Encoding.UTF8, leaveOpen: true);
        writer.Write(Encoding.ASCII.GetBytes(Mark));
        writer.Write(header.Length);
        writer.Write(header);
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="header">UTF-8 JSON.</param>
    /// <param name="tensors">Values to write.</param>
    public static void Write(string path, byte[] header, IEnumerable<Tensor> tensors)
    {
        using var writer = new StateWriter(path, header);
        foreach (var tensor in tensors)
            writer.Write(tensor);
        writer.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Write(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        _file.Write(tensor.detach().cpu().contiguous().bytes);
    }

    private void Complete()
    {
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        File.Move(_path + ".new", _path, overwrite: true);
    }
}
