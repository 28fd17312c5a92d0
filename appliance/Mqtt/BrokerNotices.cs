using Edge.Appliance.Configuration;
using MQTTnet;

namespace Edge.Appliance.Mqtt;

/// <summary>Messages that are no utterances: statuses, our own and those of the group, and what the broker says of itself.</summary>
internal sealed class BrokerNotices(ApplianceOptions options, GroupMembers members, StatusEcho echo, BrokerDrops drops)
{
    private readonly string _ownStatus = Topics.Status(options.Host);

    /// <summary>Takes a message where it is one of them.</summary>
    public bool TryTake(MqttLink link, MqttApplicationMessage message)
    {
        if (message.Topic == _ownStatus)
        {
            link.HearsItself = true;
            echo.Hear(message.Payload);
            return true;
        }
        if (Topics.IsStatus(message.Topic))
        {
            members.Receive(message.Topic, message.Payload);
            return true;
        }
        if (message.Topic != BrokerDrops.Topic)
            return false;
        drops.Receive(message.Payload);
        return true;
    }
}
