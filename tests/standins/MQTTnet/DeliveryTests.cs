using System.Collections.Concurrent;
using System.Text;
using Edge.Tests.Support;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Edge.Standins.Tests.Mqtt;

/// <summary>What is published arrives, as it was published, in its order.</summary>
public sealed class DeliveryTests : MqttTest
{
    [Theory]
    [InlineData(MqttQualityOfServiceLevel.AtMostOnce)]
    [InlineData(MqttQualityOfServiceLevel.AtLeastOnce)]
    [InlineData(MqttQualityOfServiceLevel.ExactlyOnce)]
    public async Task Publish_EachQualityOfService_ArrivesOnceInOrder(MqttQualityOfServiceLevel qualityOfService)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = await ConnectAsync(broker);
        var received = Collect(client);
        var subscribed = await client.SubscribeAsync("a/#", qualityOfService, Token);
        Assert.Equal((MqttClientSubscribeResultCode)(int)qualityOfService, subscribed.Items.Single().ResultCode);

        for (var i = 0; i < 50; i++)
            Assert.True((await client.PublishAsync(Message("a/b", $"退款 {i}", qualityOfService), Token)).IsSuccess);

        for (var i = 0; i < 50; i++)
        {
            var args = await NextAsync(received);
            Assert.Equal($"退款 {i}", TextOf(args));
            Assert.Equal($"退款 {i}", args.ApplicationMessage.ConvertPayloadToString());
            Assert.Equal("a/b", args.ApplicationMessage.Topic);
            Assert.Equal(qualityOfService, args.ApplicationMessage.QualityOfServiceLevel);
            Assert.False(args.ApplicationMessage.Dup);
        }
        await client.PublishAsync(Message("a/end", "end", qualityOfService), Token);
        Assert.Equal("end", TextOf(await NextAsync(received)));
    }

    [Fact]
    public async Task Publish_WithEveryProperty_ArrivesWithEveryProperty()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = await ConnectAsync(broker);
        var received = Collect(client);
        await client.SubscribeAsync(
            new MqttClientSubscribeOptionsBuilder().WithTopicFilter("q/+").WithSubscriptionIdentifier(300).Build(), Token);

        await client.PublishAsync(
            new MqttApplicationMessageBuilder().WithTopic("q/1").WithPayload("{}").WithResponseTopic("r/1").WithCorrelationData([0, 255, 7])
                .WithContentType("application/json").WithMessageExpiryInterval(1000)
                .WithPayloadFormatIndicator(MqttPayloadFormatIndicator.CharacterData)
                .WithUserProperty("k", Encoding.UTF8.GetBytes("值").AsMemory())
                .WithUserProperty("k", new ArraySegment<byte>("second"u8.ToArray())).Build(),
            Token);

        var message = (await NextAsync(received)).ApplicationMessage;
        Assert.Equal("r/1", message.ResponseTopic);
        Assert.Equal([0, 255, 7], message.CorrelationData);
        Assert.Equal("application/json", message.ContentType);
        Assert.InRange(message.MessageExpiryInterval, 900u, 1000u);
        Assert.Equal(MqttPayloadFormatIndicator.CharacterData, message.PayloadFormatIndicator);
        Assert.Equal([("k", "值"), ("k", "second")], message.UserProperties.Select(p => (p.Name, p.ReadValueAsString())));
        Assert.Equal([300u], message.SubscriptionIdentifiers);
    }

    [Fact]
    public async Task Publish_WithoutProperties_ArrivesWithNone()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = await ConnectAsync(broker);
        var received = Collect(client);
        await client.SubscribeAsync("plain", cancellationToken: Token);

        await client.PublishStringAsync("plain", cancellationToken: Token);

        var message = (await NextAsync(received)).ApplicationMessage;
        Assert.Equal(0, message.Payload.Length);
        Assert.True(string.IsNullOrEmpty(message.ConvertPayloadToString()));
        Assert.Null(message.UserProperties);
        Assert.Null(message.CorrelationData);
        Assert.True(string.IsNullOrEmpty(message.ResponseTopic));
        Assert.Equal(0u, message.MessageExpiryInterval);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8_191)]
    [InlineData(65_536)]
    [InlineData(1_500_000)]
    public async Task Publish_PayloadOfAnySize_ArrivesUnchanged(int size)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = await ConnectAsync(broker);
        var received = Collect(client);
        await client.SubscribeAsync("big", MqttQualityOfServiceLevel.AtLeastOnce, Token);
        var payload = new byte[size];
        new Random(size).NextBytes(payload);

        await client.PublishBinaryAsync("big", payload, MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: Token);

        var got = (await NextAsync(received)).ApplicationMessage.Payload;
        Assert.True(got.IsSingleSegment);
        Assert.True(got.FirstSpan.SequenceEqual(payload));
    }

    [Fact]
    public async Task Publish_Retained_ComesToALaterSubscriberAndIsClearedByAnEmptyOne()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = await ConnectAsync(broker);
        await client.PublishStringAsync("state", "on", MqttQualityOfServiceLevel.AtLeastOnce, retain: true, Token);

        var later = await ConnectAsync(broker);
        var received = Collect(later);
        await later.SubscribeAsync("state", cancellationToken: Token);
        var args = await NextAsync(received);
        Assert.True(args.ApplicationMessage.Retain);
        Assert.Equal("on", TextOf(args));

        await client.PublishStringAsync("state", "", MqttQualityOfServiceLevel.AtLeastOnce, retain: true, Token);
        Assert.Equal("", TextOf(await NextAsync(received)));
        var last = await ConnectAsync(broker);
        var none = Collect(last);
        await last.SubscribeAsync("#", cancellationToken: Token);
        await last.PublishStringAsync("other", "first", cancellationToken: Token);
        Assert.Equal("first", TextOf(await NextAsync(none)));
    }

    [Fact]
    public async Task Publish_NobodySubscribed_IsSuccess()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = await ConnectAsync(broker);

        var result = await client.PublishAsync(Message("nobody", "x"), Token);

        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, result.ReasonCode);
        Assert.True(result.IsSuccess);
    }

    [Fact]
    public async Task Publish_FromManyThreads_AllArriveOnceAndWhole()
    {
        await using var broker = await MosquittoBroker.StartAsync("max_queued_messages 0");
        var client = await ConnectAsync(broker);
        var received = Collect(client);
        await client.SubscribeAsync("many", MqttQualityOfServiceLevel.AtLeastOnce, Token);

        // 16 at a time: below the receive maximum of 20 that mosquitto announces.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token };
        await Parallel.ForEachAsync(Enumerable.Range(0, 400), parallel, async (i, token) =>
            Assert.True((await client.PublishAsync(Message("many", $"{i}:{new string('x', i)}"), token)).IsSuccess));

        var texts = new HashSet<string>();
        for (var i = 0; i < 400; i++)
            Assert.True(texts.Add(TextOf(await NextAsync(received))));
        Assert.Equal(Enumerable.Range(0, 400).Select(i => $"{i}:{new string('x', i)}").ToHashSet(), texts);
    }

    [Fact]
    public async Task Handlers_Several_RunOneMessageAtATimeInOrder()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = await ConnectAsync(broker);
        var trace = new ConcurrentQueue<string>();
        var done = new TaskCompletionSource();
        var running = 0;
        foreach (var name in new[] { "first", "second" })
        {
            client.ApplicationMessageReceivedAsync += async args =>
            {
                Assert.Equal(1, Interlocked.Increment(ref running));
                await Task.Yield();
                trace.Enqueue($"{name} {TextOf(args)}");
                Interlocked.Decrement(ref running);
                if (trace.Count == 20)
                    done.TrySetResult();
            };
        }
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce, Token);
        for (var i = 0; i < 10; i++)
            await client.PublishAsync(Message("t", $"{i}"), Token);

        await done.Task.WaitAsync(Limit, Token);
        Assert.Equal(Enumerable.Range(0, 10).SelectMany(i => new[] { $"first {i}", $"second {i}" }), trace);
    }

    [Fact]
    public async Task Handler_ThatPublishesWithQualityOfService2_GetsItsAcknowledgement()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = await ConnectAsync(broker);
        var answered = new TaskCompletionSource<MqttClientPublishResult>();
        client.ApplicationMessageReceivedAsync += async args =>
            answered.TrySetResult(await client.PublishAsync(Message("answer", TextOf(args), MqttQualityOfServiceLevel.ExactlyOnce), Token));
        await client.SubscribeAsync("question", MqttQualityOfServiceLevel.ExactlyOnce, Token);

        await client.PublishAsync(Message("question", "?", MqttQualityOfServiceLevel.ExactlyOnce), Token);

        Assert.True((await answered.Task.WaitAsync(Limit, Token)).IsSuccess);
    }

    [Fact]
    public async Task Unsubscribe_EndsDeliveryAndTellsWhatWasNotSubscribed()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = await ConnectAsync(broker);
        var received = Collect(client);
        await client.SubscribeAsync("u", cancellationToken: Token);
        await client.SubscribeAsync("v", cancellationToken: Token);

        var result = await client.UnsubscribeAsync(
            new MqttClientUnsubscribeOptionsBuilder().WithTopicFilter("u").WithTopicFilter("never").Build(), Token);

        Assert.Equal(
            [MqttClientUnsubscribeResultCode.Success, MqttClientUnsubscribeResultCode.NoSubscriptionExisted],
            result.Items.Select(i => i.ResultCode));
        await client.PublishStringAsync("u", "lost", cancellationToken: Token);
        await client.PublishStringAsync("v", "kept", cancellationToken: Token);
        Assert.Equal("kept", TextOf(await NextAsync(received)));
    }

    [Fact]
    public async Task Subscribe_Shared_SplitsMessagesBetweenMembers()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var seen = new ConcurrentBag<(int Member, string Text)>();
        var all = new TaskCompletionSource();
        for (var member = 0; member < 2; member++)
        {
            var number = member;
            var client = await ConnectAsync(broker);
            client.ApplicationMessageReceivedAsync += args =>
            {
                seen.Add((number, TextOf(args)));
                if (seen.Count == 40)
                    all.TrySetResult();
                return Task.CompletedTask;
            };
            var result = await client.SubscribeAsync("$share/edge/in/+", MqttQualityOfServiceLevel.AtLeastOnce, Token);
            Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, result.Items.Single().ResultCode);
        }
        var sender = await ConnectAsync(broker);
        for (var i = 0; i < 40; i++)
            await sender.PublishAsync(Message("in/1", $"{i}"), Token);

        await all.Task.WaitAsync(Limit, Token);
        Assert.Equal(40, seen.Select(s => s.Text).Distinct().Count());
        Assert.All(seen.GroupBy(s => s.Member), member => Assert.InRange(member.Count(), 10, 30));
    }
}
