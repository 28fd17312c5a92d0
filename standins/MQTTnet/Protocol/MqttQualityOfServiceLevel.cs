namespace MQTTnet.Protocol;

/// <summary>MQTT 5 section 4.3.</summary>
public enum MqttQualityOfServiceLevel
{
    AtMostOnce = 0,
    AtLeastOnce = 1,
    ExactlyOnce = 2
}
