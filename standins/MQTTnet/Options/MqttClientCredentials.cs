#nullable disable
namespace MQTTnet;

/// <summary>Always the same user name and password.</summary>
public sealed class MqttClientCredentials : IMqttClientCredentialsProvider
{
    private readonly string _userName;
    private readonly byte[] _password;

    public MqttClientCredentials(string userName, byte[] password = null)
    {
        _userName = userName;
        _password = password;
    }

    public byte[] GetPassword(MqttClientOptions clientOptions) => _password;

    public string GetUserName(MqttClientOptions clientOptions) => _userName;
}
