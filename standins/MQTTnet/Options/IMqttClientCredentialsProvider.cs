#nullable disable
namespace MQTTnet;

/// <summary>Asked for user name and password at every CONNECT.</summary>
public interface IMqttClientCredentialsProvider
{
    byte[] GetPassword(MqttClientOptions clientOptions);

    string GetUserName(MqttClientOptions clientOptions);
}
