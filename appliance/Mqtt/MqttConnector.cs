using System.Security.Authentication;
using System.Security.Cryptography;
using Edge.Appliance.Analysis;
using Edge.Appliance.Answering;
using Edge.Appliance.Configuration;
using Edge.Appliance.Health;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// One attempt to connect: 1. connect with the persistent session, 2. subscribe to utterances, to statuses (our own shows that the
/// broker still delivers to us, those of a group who is there) and to what the broker says of itself, 3. say that we are online. What
/// goes wrong ends up in the health state, never the password.
/// </summary>
internal sealed partial class MqttConnector(
    ApplianceOptions options, ClientOptionsFactory clientOptions, BundleInService inService, HealthState health, Metrics metrics,
    TimeProvider time, ILogger<MqttConnector> logger)
{
    private const string UnreachableWarning = "broker-unreachable";
    private readonly DateTimeOffset _since = time.GetUtcNow();
    private readonly string _broker = $"{options.Mqtt.Host}:{options.Mqtt.EffectivePort}";
    private string? _lastProblem;

    /// <summary>Connects, or reports why not and returns null.</summary>
    public async Task<MqttLink?> TryConnectAsync(
        Func<MqttLink, MqttApplicationMessageReceivedEventArgs, Task> onMessage, CancellationToken cancellation)
    {
        var link = new MqttLink(onMessage, () => metrics.CountError(ErrorCodes.MessageTooLarge));
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, link.Closed);
            limit.CancelAfter(options.Mqtt.Timeout);
            if (await ConnectAsync(link, clientOptions.Create(), limit.Token) is { } refusal)
                return Failed(link, refusal);
            if (await SubscribeAsync(link, limit.Token) is { } noSubscription)
                return Failed(link, noSubscription);
            await AnnounceAsync(link, Online());
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            link.Dispose();
            return null;
        }
        catch (OperationCanceledException)
        {
            return Failed(
                link, link.CloseReason.Length > 0 ? link.CloseReason : $"no answer within {Durations.Format(options.Mqtt.Timeout)}");
        }
        catch (Exception failure) when (IsConnectionFailure(failure))
        {
            return Failed(link, failure.GetBaseException().Message);
        }
        _lastProblem = null;
        health.BrokerProblem = null;
        health.Clear(UnreachableWarning);
        Log.Connected(logger, _broker);
        return link;
    }

    /// <summary>Connects to the session of another appliance, which is gone; null where the broker does not let us.</summary>
    public async Task<MqttLink?> TryTakeOverAsync(
        string clientId, Func<MqttLink, MqttApplicationMessageReceivedEventArgs, Task> onMessage, CancellationToken cancellation)
    {
        var link = new MqttLink(onMessage, () => metrics.CountError(ErrorCodes.MessageTooLarge));
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, link.Closed);
            limit.CancelAfter(options.Mqtt.Timeout);
            if (await ConnectAsync(link, clientOptions.CreateFor(clientId), limit.Token) is null)
                return link;
        }
        catch (Exception failure) when (IsConnectionFailure(failure) || failure is OperationCanceledException)
        {
            Log.NotTakenOver(logger, clientId, failure.GetBaseException().Message);
        }
        link.Dispose();
        return null;
    }

    /// <summary>Says that we are online, again.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="echo">Is told which status to expect back.</param>
    /// <returns>Ends when it comes back.</returns>
    public async Task SayOnlineAsync(MqttLink link, StatusEcho echo)
    {
        var status = Online();
        var heard = echo.ExpectAsync(status);
        await AnnounceAsync(link, status);
        await heard;
    }

    /// <summary>Says that we are online with another bundle. Where the connection ends meanwhile, the next one says it.</summary>
    public async Task TellBundleAsync(MqttLink link)
    {
        try
        {
            await AnnounceAsync(link, Online());
        }
        catch (Exception failure) when (IsConnectionFailure(failure) || failure is OperationCanceledException)
        {
            Log.BundleNotTold(logger, failure.GetBaseException().Message);
        }
    }

    /// <summary>Says that we are leaving, before anything is left behind.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="echo">Is told which status to expect back.</param>
    /// <returns>Ends when it comes back: until then, others of the group may leave at the same time.</returns>
    public async Task SayLeavingAsync(MqttLink link, StatusEcho echo)
    {
        var status = StatusWriter.Offline(options.Host, null);
        var heard = echo.ExpectAsync(status);
        await AnnounceAsync(link, status);
        await heard;
    }

    /// <summary>Says that we are offline and disconnects; the last will is not sent.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="isEmpty">Whether the session holds nothing and may end; otherwise it stays.</param>
    public async Task LeaveAsync(MqttLink link, bool isEmpty)
    {
        try
        {
            await AnnounceAsync(link, StatusWriter.Offline(options.Host, isEmpty ? null : clientOptions.Membership));
            await DisconnectAsync(link, isEmpty);
            Log.Left(logger, _broker);
        }
        catch (Exception failure) when (failure is MqttCommunicationException or OperationCanceledException or IOException)
        {
            Log.LeftAbruptly(logger, _broker, failure.GetBaseException().Message);
        }
    }

    /// <summary>Disconnects.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="endsSession">Whether the session ends; otherwise it stays.</param>
    public async Task DisconnectAsync(MqttLink link, bool endsSession)
    {
        using var limit = new CancellationTokenSource(options.Mqtt.Timeout);
        await link.Client.DisconnectAsync(
            sessionExpiryInterval: endsSession ? 0 : clientOptions.SessionExpirySeconds, cancellationToken: limit.Token);
    }

    private static bool IsConnectionFailure(Exception failure) => failure
        is MqttCommunicationException or IOException or UnauthorizedAccessException or AuthenticationException or CryptographicException;

    private static async Task<string?> ConnectAsync(MqttLink link, MqttClientOptions connect, CancellationToken cancellation)
    {
        var result = await link.Client.ConnectAsync(connect, cancellation);
        if (result.ResultCode == MqttClientConnectResultCode.Success)
        {
            link.IsSessionPresent = result.IsSessionPresent;
            link.LargestPacket = result.MaximumPacketSize is > 0 and var most ? most : uint.MaxValue;
            return null;
        }
        return $"the broker refused the connection: {result.ResultCode} {result.ReasonString}".TrimEnd()
            + (result.ResultCode is MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized
                ? "; check Mqtt:UserName and the file of Mqtt:PasswordFile" : "");
    }

    private async Task<string?> SubscribeAsync(MqttLink link, CancellationToken cancellation)
    {
        var filter = Topics.UtteranceFilter(options.Mqtt.SharedGroup);
        var statuses = Topics.Status(options.Mqtt.SharedGroup is null ? options.Host : "+");
        var subscription = new MqttClientSubscribeOptionsBuilder()
            // A retained utterance was answered when it was said; it must not be answered at every connect.
            .WithTopicFilter(filter, MqttQualityOfServiceLevel.AtLeastOnce, retainHandling: MqttRetainHandling.DoNotSendOnSubscribe)
            .WithTopicFilter(statuses, MqttQualityOfServiceLevel.AtLeastOnce)
            .WithTopicFilter(BrokerDrops.Topic)
            .Build();
        var result = await link.Client.SubscribeAsync(subscription, cancellation);
        // The others are a help where they are allowed.
        var refused = result.Items.First(item => item.TopicFilter.Topic == filter);
        return refused.ResultCode <= MqttClientSubscribeResultCode.GrantedQoS2
            ? null
            : $"the broker refused the subscription to {filter}: {refused.ResultCode}; allow it in the broker's access list";
    }

    private byte[] Online() => StatusWriter.Online(options.Host, clientOptions.Membership, inService.Current, _since);

    private async Task AnnounceAsync(MqttLink link, byte[] status)
    {
        var message = MqttLink.Message(Topics.Status(options.Host), status).WithRetainFlag().Build();
        var result = await link.PublishAsync(message, options.Mqtt.Timeout);
        if (result.IsSuccess)
            health.Clear("status-refused");
        else
            health.Warn("status-refused", HealthSeverity.Warning, $"the broker refuses the status: {result.ReasonCode}",
                $"let the appliance's user publish to {message.Topic} in the broker's access list");
    }

    private MqttLink? Failed(MqttLink link, string problem)
    {
        link.Dispose();
        health.BrokerProblem = $"{_broker}: {problem}; trying again";
        health.Warn(UnreachableWarning, HealthSeverity.Error, $"no utterances come from {_broker}: {problem}",
            "start the broker, or correct the section Mqtt of the configuration");
        // Once a problem, not once an attempt.
        if (problem != _lastProblem)
            Log.NotConnected(logger, _broker, problem);
        _lastProblem = problem;
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Connected to the broker {Broker} and subscribed")]
        public static partial void Connected(ILogger logger, string broker);

        [LoggerMessage(2, LogLevel.Warning, "Not connected to the broker {Broker}: {Problem}; trying again")]
        public static partial void NotConnected(ILogger logger, string broker, string problem);

        [LoggerMessage(3, LogLevel.Information, "Left the broker {Broker}")]
        public static partial void Left(ILogger logger, string broker);

        [LoggerMessage(4, LogLevel.Warning, "Left the broker {Broker} without a farewell: {Reason}")]
        public static partial void LeftAbruptly(ILogger logger, string broker, string reason);

        [LoggerMessage(5, LogLevel.Warning, "The session of {ClientId} could not be taken over: {Reason}; trying again")]
        public static partial void NotTakenOver(ILogger logger, string clientId, string reason);

        [LoggerMessage(6, LogLevel.Warning, "The status still names the bundle before: {Reason}; the next connect corrects it")]
        public static partial void BundleNotTold(ILogger logger, string reason);
    }
}
