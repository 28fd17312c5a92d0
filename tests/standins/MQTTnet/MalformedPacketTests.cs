using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace Edge.Standins.Tests.Mqtt;

/// <summary>A server that does not keep to the protocol costs the connection, never the process, and nobody waits for ever.</summary>
public sealed class MalformedPacketTests : MqttTest
{
    public static readonly TheoryData<string, string> Malformed = new()
    {
        { "packet type 0", "0000" },
        { "remaining length of five bytes", "30FFFFFFFFFF" },
        { "topic longer than the packet", "3003001041" },
        { "no room for the topic's length", "300100" },
        { "QoS 1 without packet identifier", "3203000141" },
        { "an unknown property", "3006000141027E00" },
        { "a property of another packet", "30070001410321000A" },
        { "a property cut short", "30060001410202FF" },
        { "correlation data longer than the packet", "30080001410409FFFF01" },
        { "property length of five bytes", "3008000141FFFFFFFFFF" },
        { "acknowledgement without body", "4000" },
        { "acknowledgement of one byte", "400100" },
        { "SUBACK without body", "9000" },
        { "CONNECT from a server", "1000" },
        { "PINGREQ from a server", "C000" },
        { "a second CONNACK", "2003000000" },
    };

    /// <summary>Rules of the specification that the real package does not check.</summary>
    public static readonly TheoryData<string, string> MalformedButTolerated = new()
    {
        { "reserved flags of PUBACK", "41020001" },
        { "reserved flags of PUBREL", "60020001" },
        { "QoS 3", "360700014100010078" },
        { "packet identifier 0", "3206000141000000" },
        { "properties longer than the packet", "300400014105" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task Receive_Malformed_EndsTheConnectionWithAProtocolViolation(string what, string packet)
    {
        using var server = new ScriptedServer();
        var client = CreateClient();
        var disconnected = NextDisconnect(client);
        await server.ConnectAsync(client, server.Options.Build(), Token);
        var pending = client.PublishAsync(Message("pending", "x"), Token);
        await server.ReadPacketAsync(Token);

        await server.SendAsync(Convert.FromHexString(packet), Token);

        AssertViolation(await Record.ExceptionAsync(async () => await pending.WaitAsync(Limit, Token)));
        var args = await disconnected;
        Assert.True(args.ClientWasConnected, what);
        AssertViolation(args.Exception);
        Assert.False(client.IsConnected);
        await server.WaitForCloseAsync(Token);
        await server.ConnectAsync(client, server.Options.Build(), Token);
        Assert.True(client.IsConnected);
    }

    [Theory]
    [MemberData(nameof(MalformedButTolerated))]
    public async Task Receive_MalformedWhereTheStandInIsStricter_EndsTheConnection(string what, string packet)
    {
        SkipUnlessStandIn("The real package tolerates this packet.");
        await Receive_Malformed_EndsTheConnectionWithAProtocolViolation(what, packet);
    }

    [Fact]
    public async Task Receive_PacketLargerThanAnnounced_EndsTheConnection()
    {
        SkipUnlessStandIn("The real package tolerates this packet.");
        using var server = new ScriptedServer();
        var client = CreateClient();
        var disconnected = NextDisconnect(client);
        await server.ConnectAsync(client, server.Options.WithMaximumPacketSize(100).Build(), Token);

        await server.SendAsync([0x30, 0xFF, 0xFF, 0xFF, 0x7F], Token);

        Assert.IsType<MqttProtocolViolationException>((await disconnected).Exception);
    }

    [Fact]
    public async Task Receive_CutOffInsideAPacket_EndsTheConnectionQuietly()
    {
        using var server = new ScriptedServer();
        var client = CreateClient();
        var disconnected = NextDisconnect(client);
        await server.ConnectAsync(client, server.Options.Build(), Token);
        var pending = client.PublishAsync(Message("pending", "x"), Token);
        await server.ReadPacketAsync(Token);

        // 256 MiB announced, three bytes sent.
        await server.SendAsync([0x30, 0xFF, 0xFF, 0xFF, 0x7F, 0, 1, 65], Token);
        server.ClosePeer();

        await Assert.ThrowsAsync<MqttClientDisconnectedException>(async () => await pending.WaitAsync(Limit, Token));
        var args = await disconnected;
        Assert.True(args.ClientWasConnected);
        Assert.Null(args.Exception);
    }

    [Theory]
    [InlineData("2000")]
    [InlineData("200100")]
    [InlineData("20050000022400")]
    [InlineData("20050000022405")]
    [InlineData("200500000301007F")]
    [InlineData("D000")]
    [InlineData("40020001")]
    public async Task Connect_AnswerIsNotAConnack_ThrowsConnectingFailed(string answer)
    {
        using var server = new ScriptedServer();
        var client = CreateClient();
        var disconnected = NextDisconnect(client);
        var accepting = server.AcceptAsync(Convert.FromHexString(answer), Token);
        if (answer == "20050000022400")
        {
            // Well formed after all: the server grants QoS 0 only.
            Assert.Equal(MqttQualityOfServiceLevel.AtMostOnce, (await client.ConnectAsync(server.Options.Build(), Token)).MaximumQoS);
            await accepting;
            return;
        }

        var exception = await Assert.ThrowsAsync<MqttConnectingFailedException>(() => client.ConnectAsync(server.Options.Build(), Token));

        AssertViolation(exception);
        Assert.False((await disconnected).ClientWasConnected);
        Assert.False(client.IsConnected);
        await accepting;
    }

    [Fact]
    public async Task Connect_ServerClosesWithoutAnswer_ThrowsConnectingFailed()
    {
        using var server = new ScriptedServer();
        var client = CreateClient();
        var accepting = server.AcceptAsync([], Token);
        var connecting = client.ConnectAsync(server.Options.Build(), Token);
        await accepting;
        server.ClosePeer();
        await Assert.ThrowsAsync<MqttConnectingFailedException>(() => connecting);
    }

    [Fact]
    public async Task Connect_ServerNeverAnswers_EndsWithTheToken()
    {
        using var server = new ScriptedServer();
        var client = CreateClient();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var accepting = server.AcceptAsync([], Token);
        var connecting = client.ConnectAsync(server.Options.Build(), cancel.Token);
        await accepting;
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<MqttConnectingFailedException>(() => connecting);
        Assert.False(client.IsConnected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Receive_RandomBytes_ClientAlwaysComesToAnEnd(int seed)
    {
        var random = new Random(seed);
        for (var trial = 0; trial < 40; trial++)
        {
            using var server = new ScriptedServer();
            using var client = new MqttClientFactory().CreateMqttClient();
            var disconnected = NextDisconnect(client);
            await server.ConnectAsync(client, server.Options.Build(), Token);
            var pending = client.PublishAsync(Message("pending", "x"), Token);
            var bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            // Small lengths, so that whole packets come about.
            for (var i = 1; i < bytes.Length; i += random.Next(1, 9))
                bytes[i] &= 15;

            await server.SendAsync(bytes, Token);
            server.ClosePeer();

            await disconnected;
            // Random bytes may well acknowledge the message.
            if (await Record.ExceptionAsync(async () => await pending.WaitAsync(Limit, Token)) is { } exception)
                Assert.True(exception is MqttCommunicationException or MqttProtocolViolationException, exception.ToString());
            Assert.False(client.IsConnected);
        }
    }

    /// <summary>The real package wraps it in a MqttCommunicationException when the packet was there before it looked.</summary>
    private static void AssertViolation(Exception? exception)
    {
        while (exception is MqttCommunicationException or AggregateException)
            exception = exception.InnerException;
        Assert.IsType<MqttProtocolViolationException>(exception);
    }
}
