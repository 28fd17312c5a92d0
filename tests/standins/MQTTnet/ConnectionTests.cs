using System.Net;
using System.Net.Sockets;
using System.Text;
using Edge.Tests.Support;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Edge.Standins.Tests.Mqtt;

/// <summary>Connecting, being refused, being disconnected, and calls at the wrong time.</summary>
public sealed class ConnectionTests : MqttTest
{
    [Fact]
    public async Task Connect_WrongPassword_ReturnsACodeAndDoesNotThrow()
    {
        await using var broker = await MosquittoBroker.StartAsync("allow_anonymous false");
        var client = CreateClient();
        var disconnected = NextDisconnect(client);

        var result = await client.ConnectAsync(OptionsFor(broker).WithCredentials("edge", "wrong").Build(), Token);

        Assert.True(result.ResultCode is MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized);
        Assert.False(client.IsConnected);
        var args = await disconnected;
        Assert.False(args.ClientWasConnected);
        Assert.Equal(result.ResultCode, args.ConnectResult.ResultCode);
        Assert.Null(args.Exception);
    }

    [Fact]
    public async Task Connect_NobodyListens_ThrowsCommunicationExceptionAndRaisesDisconnected()
    {
        var client = CreateClient();
        var disconnected = NextDisconnect(client);
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", MosquittoBroker.FreePort()).Build();

        var exception = await Assert.ThrowsAsync<MqttCommunicationException>(() => client.ConnectAsync(options, Token));

        Assert.IsType<SocketException>(exception.InnerException);
        var args = await disconnected;
        Assert.False(args.ClientWasConnected);
        Assert.Same(exception, args.Exception);
        Assert.False(client.IsConnected);
    }

    [Fact]
    public async Task Connect_Accepted_TellsWhatTheServerOffers()
    {
        await using var broker = await MosquittoBroker.StartAsync("max_keepalive 20");
        var client = CreateClient();

        var result = await client.ConnectAsync(OptionsFor(broker, "").WithKeepAlivePeriod(TimeSpan.FromSeconds(60)).Build(), Token);

        Assert.Equal(MqttClientConnectResultCode.Success, result.ResultCode);
        Assert.False(result.IsSessionPresent);
        Assert.False(string.IsNullOrEmpty(result.AssignedClientIdentifier));
        Assert.Equal(20, result.ServerKeepAlive);
        Assert.Equal((ushort?)20, result.ReceiveMaximum);
        Assert.True(result.SharedSubscriptionAvailable && result.WildcardSubscriptionAvailable && result.RetainAvailable);
        Assert.Equal(MqttQualityOfServiceLevel.ExactlyOnce, result.MaximumQoS);
        Assert.True(client.IsConnected);
        Assert.True(await client.TryPingAsync(Token));
    }

    [Fact]
    public async Task Connect_UnixSocket_Works()
    {
        await using var broker = await MosquittoBroker.StartAsync("listener 0 {folder}/socket");
        var client = await ConnectAsync(new MqttClientOptionsBuilder().WithConnectionUri($"unix://{broker.Folder}/socket").Build());
        await client.PingAsync(Token);
    }

    [Fact]
    public async Task Connect_HandlersSubscribe_BeforeConnectReturns()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = CreateClient();
        var order = new List<string>();
        client.ConnectingAsync += args =>
        {
            order.Add($"connecting {args.ClientOptions.ClientId}");
            return Task.CompletedTask;
        };
        client.ConnectedAsync += async args =>
        {
            await client.SubscribeAsync("in", cancellationToken: Token);
            order.Add($"connected {args.ConnectResult.ResultCode}");
        };

        await client.ConnectAsync(OptionsFor(broker, "box").Build(), Token);

        Assert.Equal(["connecting box", "connected Success"], order);
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.ConnectAsync(OptionsFor(broker).Build(), Token));
    }

    [Fact]
    public async Task Calls_WhileDisconnected_ThrowNotConnected()
    {
        var client = CreateClient();
        await Assert.ThrowsAsync<MqttClientNotConnectedException>(async () => await client.PublishAsync(Message("t", "x"), Token));
        await Assert.ThrowsAsync<MqttClientNotConnectedException>(
            async () => await client.PublishStringAsync("t", cancellationToken: Token));
        await Assert.ThrowsAsync<MqttClientNotConnectedException>(async () => await client.SubscribeAsync("t", cancellationToken: Token));
        await Assert.ThrowsAsync<MqttClientNotConnectedException>(async () => await client.UnsubscribeAsync("t", Token));
        await Assert.ThrowsAsync<MqttClientNotConnectedException>(async () => await client.PingAsync(Token));
        await client.DisconnectAsync(cancellationToken: Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.ReconnectAsync(Token));
    }

    [Fact]
    public async Task Calls_AfterDispose_ThrowObjectDisposed()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = await ConnectAsync(broker);
        client.Dispose();
        client.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await client.PublishAsync(Message("t", "x"), Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await client.DisconnectAsync(cancellationToken: Token));
    }

    [Theory]
    [InlineData("a/+/b")]
    [InlineData("a/#")]
    public async Task Publish_WildcardTopic_ThrowsProtocolViolation(string topic)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = await ConnectAsync(broker);
        await Assert.ThrowsAsync<MqttProtocolViolationException>(async () => await client.PublishAsync(Message(topic, "x"), Token));
        await Assert.ThrowsAsync<MqttProtocolViolationException>(
            async () => await client.SubscribeAsync("a/#/b", cancellationToken: Token));
        Assert.Throws<MqttProtocolViolationException>(() => new MqttApplicationMessageBuilder().WithPayload("x").Build());
        await client.PingAsync(Token);
    }

    [Fact]
    public async Task Publish_NotAllowed_ReturnsACodeAndConnectionStays()
    {
        await using var broker = await MosquittoBroker.StartAsync(
            "acl_file {folder}/acl", folder => File.WriteAllText(Path.Combine(folder, "acl"), "topic write allowed\n"));
        var client = await ConnectAsync(broker);

        var refused = await client.PublishAsync(Message("forbidden", "x"), Token);
        var twice = await client.PublishAsync(Message("forbidden", "x", MqttQualityOfServiceLevel.ExactlyOnce), Token);
        var allowed = await client.PublishAsync(Message("allowed", "x", MqttQualityOfServiceLevel.ExactlyOnce), Token);

        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, refused.ReasonCode);
        Assert.False(refused.IsSuccess);
        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, twice.ReasonCode);
        Assert.True(allowed.IsSuccess);
        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task Disconnect_ByClient_RaisesDisconnectedWithItsReason()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = await ConnectAsync(broker);
        var disconnected = NextDisconnect(client);

        await client.DisconnectAsync(cancellationToken: Token);

        Assert.False(client.IsConnected);
        var args = await disconnected;
        Assert.True(args.ClientWasConnected);
        Assert.Equal(MqttClientDisconnectReason.NormalDisconnection, args.Reason);
        Assert.Null(args.Exception);
        await client.ReconnectAsync(Token);
        await client.PingAsync(Token);
    }

    [Fact]
    public async Task Connect_SameClientIdElsewhere_EndsTheFirstConnection()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = await ConnectAsync(broker, "same");
        var disconnected = NextDisconnect(client);

        await ConnectAsync(broker, "same");

        Assert.True((await disconnected).ClientWasConnected);
        Assert.False(client.IsConnected);
    }

    [Fact]
    public async Task ServerKilled_ClientReconnectsFromItsHandlerWhenItIsBack()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = await ConnectAsync(broker);
        var back = new TaskCompletionSource<MqttClientDisconnectedEventArgs>();
        var restarted = new TaskCompletionSource();
        client.DisconnectedAsync += async args =>
        {
            await restarted.Task;
            await client.ReconnectAsync(Token);
            back.TrySetResult(args);
        };

        await broker.RestartAsync();
        restarted.SetResult();

        Assert.True((await back.Task.WaitAsync(Limit, Token)).ClientWasConnected);
        Assert.True(client.IsConnected);
        await client.PingAsync(Token);
    }

    [Fact]
    public async Task Will_ConnectionBroken_IsPublishedWithAllItsProperties()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var watcher = await ConnectAsync(broker);
        var received = Collect(watcher);
        await watcher.SubscribeAsync("status/#", MqttQualityOfServiceLevel.AtLeastOnce, Token);
        var client = await ConnectAsync(
            OptionsFor(broker).WithWillTopic("status/box").WithWillPayload("离线")
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
                .WithWillRetain().WithWillContentType("text/plain").WithWillResponseTopic("r").WithWillCorrelationData([1, 2])
                .WithWillMessageExpiryInterval(500).WithWillPayloadFormatIndicator(MqttPayloadFormatIndicator.CharacterData)
                .WithWillUserProperty("host", Encoding.UTF8.GetBytes("box").AsMemory()).Build());

        client.Dispose();

        var message = (await NextAsync(received)).ApplicationMessage;
        Assert.Equal("status/box", message.Topic);
        Assert.Equal("离线", message.ConvertPayloadToString());
        Assert.Equal("text/plain", message.ContentType);
        Assert.Equal("r", message.ResponseTopic);
        Assert.Equal([1, 2], message.CorrelationData);
        Assert.Equal(("host", "box"), message.UserProperties.Select(p => (p.Name, p.ReadValueAsString())).Single());
        Assert.InRange(message.MessageExpiryInterval, 1u, 500u);
        Assert.Equal(MqttPayloadFormatIndicator.CharacterData, message.PayloadFormatIndicator);
        var later = await ConnectAsync(broker);
        var retained = Collect(later);
        await later.SubscribeAsync("status/box", cancellationToken: Token);
        Assert.True((await NextAsync(retained)).ApplicationMessage.Retain);
    }

    [Theory]
    [InlineData(MqttClientDisconnectOptionsReason.NormalDisconnection, false)]
    [InlineData(MqttClientDisconnectOptionsReason.DisconnectWithWillMessage, true)]
    public async Task Will_Disconnect_IsPublishedOnlyWhenAskedFor(MqttClientDisconnectOptionsReason reason, bool published)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var watcher = await ConnectAsync(broker);
        var received = Collect(watcher);
        await watcher.SubscribeAsync("#", cancellationToken: Token);
        var client = await ConnectAsync(OptionsFor(broker).WithWillTopic("will").WithWillPayload("gone").Build());

        await client.DisconnectAsync(reason, cancellationToken: Token);
        if (!published)
        {
            // A later connection is served after the earlier one has been closed.
            await (await ConnectAsync(broker)).PublishStringAsync("end", "end", cancellationToken: Token);
        }

        Assert.Equal(published ? "gone" : "end", TextOf(await NextAsync(received)));
    }

    [Fact]
    public async Task MaximumPacketSize_LargerMessages_AreNotSentByTheServer()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = await ConnectAsync(OptionsFor(broker).WithMaximumPacketSize(200).Build());
        var received = Collect(client);
        await client.SubscribeAsync("in", cancellationToken: Token);
        var sender = await ConnectAsync(broker);

        await sender.PublishStringAsync("in", new string('x', 1000), cancellationToken: Token);
        await sender.PublishStringAsync("in", "small", cancellationToken: Token);

        Assert.Equal("small", TextOf(await NextAsync(received)));
    }

    [Fact]
    public void Options_Defaults_AreThoseOfThePackage()
    {
        var options = new MqttClientOptionsBuilder().WithTcpServer("broker").Build();
        Assert.True(options.CleanSession);
        Assert.Equal(TimeSpan.FromSeconds(15), options.KeepAlivePeriod);
        Assert.Equal(TimeSpan.FromSeconds(100), options.Timeout);
        Assert.Equal(32, options.ClientId.Length);
        Assert.Equal(0u, options.SessionExpiryInterval);
        Assert.Equal(0, options.ReceiveMaximum);
        Assert.Equal("Unspecified/broker:1883", options.ChannelOptions.ToString());
        var secured = new MqttClientOptionsBuilder().WithTcpServer("broker").WithTlsOptions(_ => { }).Build();
        Assert.Equal("Unspecified/broker:8883", secured.ChannelOptions.ToString());
        secured = new MqttClientOptionsBuilder().WithConnectionUri("mqtts://broker").Build();
        Assert.Equal("Unspecified/broker:8883", secured.ChannelOptions.ToString());
    }

    [Fact]
    public void Options_NoEndPoint_CannotBeBuilt()
    {
        Assert.Throws<InvalidOperationException>(() => new MqttClientOptionsBuilder().Build());
        var onlyInTheAction = new MqttClientOptionsBuilder().WithTcpServer(o => o.RemoteEndpoint = new DnsEndPoint("broker", 1));
        Assert.Throws<ArgumentException>(() => onlyInTheAction.Build());
    }
}
