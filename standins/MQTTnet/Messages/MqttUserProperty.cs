#nullable disable
using System.Text;

namespace MQTTnet.Packets;

/// <summary>A name and a value; names may repeat and their order is kept (MQTT 5 section 3.3.2.3.7).</summary>
public sealed class MqttUserProperty
{
    [Obsolete("Please use more performance constructor with ArraySegment<byte> or ReadOnlyMemory<byte> for the value.")]
    public MqttUserProperty(string name, string value)
        : this(name, Encoding.UTF8.GetBytes(value ?? throw new ArgumentNullException(nameof(value))).AsMemory())
    {
    }

    public MqttUserProperty(string name, ArraySegment<byte> value)
        : this(name, value.Array == null ? throw new ArgumentNullException(nameof(value)) : (ReadOnlyMemory<byte>)value)
    {
    }

    public MqttUserProperty(string name, ReadOnlyMemory<byte> value)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        ValueBuffer = value;
    }

    public string Name { get; }

    public ReadOnlyMemory<byte> ValueBuffer { get; }

    [Obsolete("Please use more performance property ValueBuffer or the MqttUserPropertyExtensionMethod `ReadValueAsString`")]
    public string Value => this.ReadValueAsString();

    public override bool Equals(object obj) => Equals(obj as MqttUserProperty);

    public bool Equals(MqttUserProperty other) =>
        other != null
        && string.Equals(Name, other.Name, StringComparison.Ordinal)
        && ValueBuffer.Span.SequenceEqual(other.ValueBuffer.Span);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Name, StringComparer.Ordinal);
        hash.AddBytes(ValueBuffer.Span);
        return hash.ToHashCode();
    }

    public override string ToString() => $"{Name} = {this.ReadValueAsString()}";
}
