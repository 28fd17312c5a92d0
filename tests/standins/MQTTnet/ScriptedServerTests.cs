using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Edge.Standins.Tests.Mqtt;

/// <summary>What goes over the wire, seen from the other end.</summary>
public sealed class ScriptedServerTests : MqttTest
{
    [Fact]
    public async Task Receive_ByteByByte_MessagesArriveWhole()
    {
        using var server = new ScriptedServer();
        var client = CreateClient();
        var received = Collect(client);
        await server.ConnectAsync(client, server.Options.Build(), Token);

        // PUBLISH "ab", user property x=y, payload 退; then PUBLISH "c", no payload, in the same stream.
        var packets = "300F" + "00026162" + "0726000178000179" + "E98080" + "3004" + "000163" + "00";
        await server.SendByteByByteAsync(Convert.FromHexString(packets), Token);

        var first = await NextAsync(received);
        Assert.Equal("ab", first.ApplicationMessage.Topic);
        Assert.Equal("退", TextOf(first));
        Assert.Equal(("x", "y"), first.ApplicationMessage.UserProperties.Select(p => (p.Name, p.ReadValueAsString())).Single());
        Assert.Equal("c", (await NextAsync(received)).ApplicationMessage.Topic);
    }

    [Fact]
    public async Task Publish_AnyMessage_ComesBackFromAnEchoUnchanged()
    {
        using var server = new ScriptedServer();
        var client = CreateClient();
        var received = Collect(client);
        await server.ConnectAsync(client, server.Options.Build(), Token);

        Prop.ForAll(MessageArb(), async sent =>
        {
            await client.PublishAsync(sent, Token);
            await server.SendAsync(await server.ReadPacketAsync(Token), Token);
            var got = (await NextAsync(received)).ApplicationMessage;
            Assert.Equal(sent.Topic, got.Topic);
            Assert.Equal(sent.Payload.ToArray(), got.Payload.ToArray());
            Assert.Equal(sent.Retain, got.Retain);
            Assert.Equal(sent.ContentType ?? "", got.ContentType ?? "");
            Assert.Equal(sent.ResponseTopic ?? "", got.ResponseTopic ?? "");
            Assert.Equal(sent.CorrelationData, got.CorrelationData);
            Assert.Equal(sent.MessageExpiryInterval, got.MessageExpiryInterval);
            Assert.Equal(sent.UserProperties, got.UserProperties);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true));
    }

    [Fact]
    public async Task Connect_EveryOption_IsWrittenAsSpecified()
    {
        using var server = new ScriptedServer();
        var client = CreateClient();
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var accepting = listener.AcceptTcpClientAsync(Token);
        var connecting = client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", ((System.Net.IPEndPoint)listener.LocalEndpoint).Port)
                .WithClientId("id").WithCleanStart(false).WithSessionExpiryInterval(258).WithReceiveMaximum(259)
                .WithMaximumPacketSize(65536).WithKeepAlivePeriod(TimeSpan.FromSeconds(600)).WithCredentials("u", "p")
                .WithWillTopic("w").WithWillPayload("x").WithWillRetain()
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.ExactlyOnce).WithWillDelayInterval(5).Build(),
            Token);
        using var peer = await accepting;
        var expected = Convert.FromHexString(
            "10" + "36" + "00044D515454" + "05" + "F4" + "0258"
            + "0D" + "1100000102" + "210103" + "2700010000"
            + "00026964" + "05" + "1800000005" + "000177" + "000178" + "000175" + "000170");
        expected[1] = (byte)(expected.Length - 2);
        var got = new byte[expected.Length];
        await peer.GetStream().ReadExactlyAsync(got, Token);
        await peer.GetStream().WriteAsync(ScriptedServer.Accepted, Token);

        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(got));
        Assert.Equal(MqttClientConnectResultCode.Success, (await connecting).ResultCode);
    }

    [Fact]
    public async Task Publish_TokenCancelledWhileWaiting_ThrowsTimedOutAndALateAcknowledgementIsHarmless()
    {
        using var server = new ScriptedServer();
        var client = CreateClient();
        await server.ConnectAsync(client, server.Options.Build(), Token);
        using var cancel = new CancellationTokenSource();
        var pending = client.PublishAsync(Message("t", "x"), cancel.Token);
        Assert.Equal("3207" + "000174" + "0001" + "00" + "78", Convert.ToHexString(await server.ReadPacketAsync(Token)));

        await cancel.CancelAsync();
        await Assert.ThrowsAsync<MqttCommunicationTimedOutException>(async () => await pending);
        await server.SendAsync([0x40, 0x02, 0x00, 0x01], Token);

        var ping = client.PingAsync(Token);
        Assert.Equal([0xC0, 0x00], await server.ReadPacketAsync(Token));
        await server.SendAsync([0xD0, 0x00], Token);
        await ping;
        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task Calls_TokenAlreadyCancelled_ThrowOperationCanceled()
    {
        using var server = new ScriptedServer();
        var client = CreateClient();
        await server.ConnectAsync(client, server.Options.Build(), Token);
        var cancelled = new CancellationToken(true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.PublishAsync(Message("t", "x"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.PingAsync(cancelled));
        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task Disconnect_ByServer_FailsWaitingCallsAndGivesItsReason()
    {
        using var server = new ScriptedServer();
        var client = CreateClient();
        var disconnected = NextDisconnect(client);
        await server.ConnectAsync(client, server.Options.Build(), Token);
        var pending = client.SubscribeAsync("t", cancellationToken: Token);
        await server.ReadPacketAsync(Token);

        // Reason 139, server shutting down, with reason string "off".
        await server.SendAsync([0xE0, 0x08, 139, 6, 31, 0, 3, (byte)'o', (byte)'f', (byte)'f'], Token);

        var exception = await Assert.ThrowsAsync<MqttClientUnexpectedDisconnectReceivedException>(
            async () => await pending.WaitAsync(Limit, Token));
        Assert.Equal(MqttDisconnectReasonCode.ServerShuttingDown, exception.ReasonCode);
        Assert.Equal("off", exception.ReasonString);
        var args = await disconnected;
        Assert.Equal(MqttClientDisconnectReason.ServerShuttingDown, args.Reason);
        Assert.Equal("off", args.ReasonString);
        Assert.True(args.ClientWasConnected);
    }

    [Fact]
    public async Task Subscribe_Refused_ReturnsCodes()
    {
        using var server = new ScriptedServer();
        var client = CreateClient();
        await server.ConnectAsync(client, server.Options.Build(), Token);
        var subscribing = client.SubscribeAsync(
            new MqttClientSubscribeOptionsBuilder()
                .WithTopicFilter(f => f.WithTopic("a").WithExactlyOnceQoS().WithNoLocal().WithRetainAsPublished()
                    .WithRetainHandling(MqttRetainHandling.DoNotSendOnSubscribe))
                .WithTopicFilter("b", MqttQualityOfServiceLevel.AtLeastOnce).Build(),
            Token);
        Assert.Equal("820B" + "0001" + "00" + "000161" + "2E" + "000162" + "01", Convert.ToHexString(await server.ReadPacketAsync(Token)));

        await server.SendAsync([0x90, 0x05, 0x00, 0x01, 0x00, 135, 1], Token);

        var result = await subscribing;
        Assert.Equal(
            [MqttClientSubscribeResultCode.NotAuthorized, MqttClientSubscribeResultCode.GrantedQoS1],
            result.Items.Select(i => i.ResultCode));
        Assert.Equal(["a", "b"], result.Items.Select(i => i.TopicFilter.Topic));
    }

    [Fact]
    public async Task Receive_AcknowledgementsOfAnEarlierLife_AreAnsweredAsSpecified()
    {
        using var server = new ScriptedServer();
        var client = CreateClient();
        await server.ConnectAsync(client, server.Options.Build(), Token);

        await server.SendAsync([0x50, 0x02, 0x00, 0x07], Token);
        Assert.Equal("6204" + "0007" + "92" + "00", Convert.ToHexString(await server.ReadPacketAsync(Token)));
        await server.SendAsync([0x62, 0x02, 0x00, 0x08], Token);
        Assert.Equal("7002" + "0008", Convert.ToHexString(await server.ReadPacketAsync(Token)));
    }

    [Fact]
    public async Task Acknowledge_WithReason_SendsIt()
    {
        using var server = new ScriptedServer();
        var client = CreateClient();
        client.ApplicationMessageReceivedAsync += args =>
        {
            args.ReasonCode = MqttApplicationMessageReceivedReasonCode.PayloadFormatInvalid;
            args.ResponseReasonString = "no";
            args.ResponseUserProperties.Add(new MqttUserProperty("k", "v"u8.ToArray().AsMemory()));
            return Task.CompletedTask;
        };
        await server.ConnectAsync(client, server.Options.Build(), Token);

        await server.SendAsync(Convert.FromHexString("3206" + "000174" + "0009" + "00"), Token);

        var expected = "4010" + "0009" + "99" + "0C" + "1F00026E6F" + "2600016B000176";
        Assert.Equal(expected, Convert.ToHexString(await server.ReadPacketAsync(Token)));
    }

    [Fact]
    public async Task KeepAlive_NoAnswerToPing_EndsTheConnection()
    {
        using var server = new ScriptedServer();
        var client = CreateClient();
        var disconnected = NextDisconnect(client);
        await server.ConnectAsync(client, server.Options.WithKeepAlivePeriod(TimeSpan.FromSeconds(1)).Build(), Token);

        Assert.Equal([0xC0, 0x00], await server.ReadPacketAsync(Token));
        await server.SendAsync([0xD0, 0x00], Token);
        Assert.Equal([0xC0, 0x00], await server.ReadPacketAsync(Token));

        var args = await disconnected;
        Assert.True(args.ClientWasConnected);
        Assert.IsAssignableFrom<MqttCommunicationException>(args.Exception);
        Assert.False(client.IsConnected);
    }

    [Fact]
    public async Task Disconnect_FromAHandler_DoesNotWaitForItself()
    {
        SkipUnlessStandIn("The real package waits for its own handler here.");
        using var server = new ScriptedServer();
        var client = CreateClient();
        var disconnected = NextDisconnect(client);
        client.ApplicationMessageReceivedAsync += _ => client.DisconnectAsync(cancellationToken: Token);
        await server.ConnectAsync(client, server.Options.Build(), Token);

        await server.SendAsync(Convert.FromHexString("3004" + "000174" + "00"), Token);

        await disconnected;
        await server.WaitForCloseAsync(Token);
    }

    [Fact]
    public async Task Publish_PeerDoesNotRead_TokenEndsTheWaitAndTheConnectionCanBeEnded()
    {
        using var server = new ScriptedServer();
        var client = CreateClient();
        var disconnected = NextDisconnect(client);
        await server.ConnectAsync(client, server.Options.Build(), Token);
        using var cancel = new CancellationTokenSource();
        // More than any socket buffer holds.
        var stuck = client.PublishBinaryAsync("t", new byte[64 << 20], cancellationToken: cancel.Token);
        var behind = client.PublishAsync(Message("t", "x"), cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<Exception>(async () => await stuck.WaitAsync(Limit, Token));
        await Assert.ThrowsAnyAsync<Exception>(async () => await behind.WaitAsync(Limit, Token));
        client.Dispose();
        await server.WaitForCloseAsync(Token);
        Assert.False(disconnected.IsCompletedSuccessfully);
    }

    private static Arbitrary<MqttApplicationMessage> MessageArb()
    {
        var bytes = Gen.Sized(size => Gen.ArrayOf(Gen.Choose(0, 255).Select(i => (byte)i), size * 3));
        var runes = Gen.OneOf(Gen.Choose(1, 127), Gen.Choose(0x4E00, 0x9FFF), Gen.Choose(0x1F300, 0x1F600))
            .Select(i => new Rune(i).ToString());
        var text = Gen.Sized(size => Gen.Choose(0, size).SelectMany(length => Gen.ArrayOf(runes, length))).Select(string.Concat);
        var topic = text.Select(t => "t/" + t.Replace('+', '_').Replace('#', '_'));
        var property = text.SelectMany(name => bytes.Select(value => new MqttUserProperty(name, value.AsMemory())));
        var properties = Gen.Choose(0, 4).SelectMany(count => Gen.ListOf(property, count))
            .Select(list => list.Count == 0 ? null : list.ToList());
        var message =
            from t in topic
            from payload in bytes
            from correlation in Gen.OneOf(Gen.Constant((byte[]?)null), bytes.Select(b => (byte[]?)b))
            from content in text
            from response in text
            from expiry in Gen.Choose(0, int.MaxValue)
            from retain in Gen.Elements(true, false)
            from user in properties
            select new MqttApplicationMessage
            {
                Topic = t,
                Payload = new ReadOnlySequence<byte>(payload),
                CorrelationData = correlation,
                ContentType = content,
                ResponseTopic = response,
                MessageExpiryInterval = (uint)expiry * 2,
                Retain = retain,
                UserProperties = user,
            };
        return message.ToArbitrary();
    }
}
