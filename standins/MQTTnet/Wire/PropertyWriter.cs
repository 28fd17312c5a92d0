using MQTTnet.Packets;

namespace MQTTnet.Wire;

/// <summary>
/// Collects the properties of a packet (MQTT 5 section 2.2.2). A value that equals the meaning of absence is not written:
/// for several properties the specification forbids to send it.
/// </summary>
internal sealed class PropertyWriter
{
    public PacketWriter Content { get; } = new(64);

    public void WriteFlag(PropertyId id, bool value, bool whenAbsent)
    {
        if (value == whenAbsent)
            return;
        WriteId(id);
        Content.WriteByte(value ? (byte)1 : (byte)0);
    }

    public void WriteByte(PropertyId id, byte value)
    {
        if (value == 0)
            return;
        WriteId(id);
        Content.WriteByte(value);
    }

    public void WriteTwoBytes(PropertyId id, ushort value)
    {
        if (value == 0)
            return;
        WriteId(id);
        Content.WriteTwoByteInteger(value);
    }

    public void WriteFourBytes(PropertyId id, uint value)
    {
        if (value == 0)
            return;
        WriteId(id);
        Content.WriteFourByteInteger(value);
    }

    public void WriteVariable(PropertyId id, uint value)
    {
        if (value == 0)
            return;
        WriteId(id);
        Content.WriteVariableByteInteger(value);
    }

    public void WriteString(PropertyId id, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        WriteId(id);
        Content.WriteString(value);
    }

    /// <summary>Empty binary data is written: absent and empty correlation data differ.</summary>
    public void WriteBinary(PropertyId id, byte[]? value)
    {
        if (value == null)
            return;
        WriteId(id);
        Content.WriteBinary(value);
    }

    public void WriteUserProperties(List<MqttUserProperty>? properties)
    {
        foreach (var property in properties ?? [])
        {
            WriteId(PropertyId.UserProperty);
            Content.WriteString(property.Name);
            Content.WriteBinary(property.ValueBuffer.Span);
        }
    }

    private void WriteId(PropertyId id) => Content.WriteByte((byte)id);
}
