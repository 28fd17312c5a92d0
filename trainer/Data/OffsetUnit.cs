namespace Edge.Trainer.Data;

/// <summary>What the offsets of spans count.</summary>
internal enum OffsetUnit
{
    /// <summary>UTF-16 code units, as JavaScript, Java and .NET count.</summary>
    Utf16,

    /// <summary>Unicode code points, as Python counts.</summary>
    CodePoints,

    /// <summary>Bytes of UTF-8, as Go, Rust and C count.</summary>
    Bytes,
}
