using System.Security.Cryptography;
using System.Text;
using MQTTnet;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// What a message is recognised by when it comes again: a hash of what the sender wrote. The packet identifier will not do, because
/// the broker gives others after a reconnect.
/// </summary>
/// <param name="Hash">The hash.</param>
/// <param name="IsError">Whether it is about the message's error, not its answer.</param>
internal readonly record struct MessageKey(ulong Hash, bool IsError)
{
    /// <summary>The key of a message.</summary>
    public static MessageKey Of(MqttApplicationMessage message, bool isError)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in new[] { message.Topic, message.ResponseTopic ?? "" })
            Append(Encoding.UTF8.GetBytes(part));
        Append(message.CorrelationData ?? []);
        foreach (var segment in message.Payload)
            hash.AppendData(segment.Span);
        return new MessageKey(BitConverter.ToUInt64(hash.GetHashAndReset()), isError);

        void Append(byte[] part)
        {
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(part);
        }
    }
}
