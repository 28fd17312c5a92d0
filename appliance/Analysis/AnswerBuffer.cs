using System.Buffers;
using System.Text.Json;

namespace Edge.Appliance.Analysis;

/// <summary>Where one answer after another is written.</summary>
internal sealed class AnswerBuffer(JsonWriterOptions form)
{
    private const int Usual = 1024;
    private const int Largest = 1 << 20; // larger ones are let go

    private ArrayBufferWriter<byte> _bytes = new(Usual);
    private Utf8JsonWriter? _json;

    /// <summary>Starts an answer; one that was not finished is forgotten.</summary>
    public Utf8JsonWriter Start()
    {
        if (_bytes.Capacity > Largest)
            _bytes = new ArrayBufferWriter<byte>(Usual);
        _bytes.ResetWrittenCount();
        _json ??= new Utf8JsonWriter(_bytes, form);
        _json.Reset(_bytes);
        return _json;
    }

    /// <summary>The answer, in an array of its own.</summary>
    public byte[] Finish()
    {
        _json!.Flush();
        return _bytes.WrittenSpan.ToArray();
    }
}
