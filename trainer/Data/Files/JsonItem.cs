using System.Text;

namespace Edge.Trainer.Data.Files;

/// <summary>One JSON value of a file of many.</summary>
/// <param name="Line">Line it starts on, from 1.</param>
/// <param name="Bytes">Its own characters, in UTF-8.</param>
/// <param name="Problem">Why it cannot be read; <c>null</c>: it can be parsed.</param>
internal readonly record struct JsonItem(int Line, ReadOnlyMemory<byte> Bytes, string? Problem = null)
{
    /// <summary>Its own characters.</summary>
    public string Source => Encoding.UTF8.GetString(Bytes.Span);
}
