using Edge.Appliance.Mqtt;

namespace Edge.Appliance.Tests.Mqtt;

public sealed class BrokerAddressTests
{
    [Theory]
    [InlineData("edge-01:1884", "edge-01", 1884)]
    [InlineData("edge-01", "edge-01", 1883)]
    [InlineData("[::1]:1884", "::1", 1884)]
    public void TryParse_Address_IsRead(string text, string host, int port)
    {
        Assert.True(BrokerAddress.TryParse(text, out var address));
        Assert.Equal(new BrokerAddress(host, port), address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("edge-01:0")]
    [InlineData("edge-01:70000")]
    [InlineData("edge-01:x")]
    public void TryParse_NoAddress_IsRefused(string text) => Assert.False(BrokerAddress.TryParse(text, out _));
}
