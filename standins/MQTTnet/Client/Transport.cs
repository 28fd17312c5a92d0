using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Exceptions;

namespace MQTTnet.Client;

/// <summary>Opens the stream to the server: TCP or unix socket, TLS over it where the options say so (MQTT 5 section 4.2).</summary>
internal static class Transport
{
    public static async Task<Stream> OpenAsync(MqttClientOptions clientOptions, CancellationToken cancellationToken)
    {
        if (clientOptions.ChannelOptions is not MqttClientTcpOptions options)
        {
            throw new NotSupportedException(
                $"The stand-in for MQTTnet connects by MqttClientTcpOptions, not by {clientOptions.ChannelOptions.GetType().Name}.");
        }
        Socket? socket = null;
        try
        {
            socket = CreateSocket(options, clientOptions.Timeout);
            await socket.ConnectAsync(options.RemoteEndpoint, cancellationToken).ConfigureAwait(false);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return options.TlsOptions?.UseTls == true
                ? await WrapWithTlsAsync(stream, options, cancellationToken).ConfigureAwait(false)
                : stream;
        }
        catch (Exception exception)
        {
            socket?.Dispose();
            switch (exception)
            {
                case OperationCanceledException or MqttCommunicationException:
                    throw;
                case SocketException { SocketErrorCode: SocketError.TimedOut }:
                    throw new MqttCommunicationTimedOutException(exception);
                case SocketException:
                    throw new MqttCommunicationException($"Error while connecting host '{options.RemoteEndpoint}'.", exception);
                default:
                    throw new MqttCommunicationException(exception);
            }
        }
    }

    private static Socket CreateSocket(MqttClientTcpOptions options, TimeSpan timeout)
    {
        // Without a family the socket takes IPv4 and IPv6 alike; a unix endpoint needs its own.
        var socket = options.AddressFamily switch
        {
            AddressFamily.Unspecified when options.RemoteEndpoint is UnixDomainSocketEndPoint =>
                new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
            AddressFamily.Unspecified => new Socket(SocketType.Stream, options.ProtocolType),
            _ => new Socket(options.AddressFamily, SocketType.Stream, options.ProtocolType),
        };
        if (options.LocalEndpoint != null)
            socket.Bind(options.LocalEndpoint);
        socket.ReceiveBufferSize = options.BufferSize;
        socket.SendBufferSize = options.BufferSize;
        socket.SendTimeout = (int)timeout.TotalMilliseconds;
        if (socket.ProtocolType == ProtocolType.Tcp)
            socket.NoDelay = options.NoDelay;
        if (options.LingerState != null)
            socket.LingerState = options.LingerState;
        if (options.DualMode is { } dualMode)
            socket.DualMode = dualMode;
        return socket;
    }

    private static async Task<SslStream> WrapWithTlsAsync(Stream stream, MqttClientTcpOptions options, CancellationToken cancellationToken)
    {
        var tls = options.TlsOptions;
        var revocation = tls.IgnoreCertificateRevocationErrors ? X509RevocationMode.NoCheck : tls.RevocationMode;
        var authentication = new SslClientAuthenticationOptions
        {
            TargetHost = string.IsNullOrEmpty(tls.TargetHost) ? (options.RemoteEndpoint as DnsEndPoint)?.Host : tls.TargetHost,
            ApplicationProtocols = tls.ApplicationProtocols,
            ClientCertificates = tls.ClientCertificatesProvider?.GetCertificates(),
            EnabledSslProtocols = tls.SslProtocol,
            CertificateRevocationCheckMode = revocation,
            CipherSuitesPolicy = tls.CipherSuitesPolicy,
            EncryptionPolicy = tls.EncryptionPolicy,
            AllowRenegotiation = tls.AllowRenegotiation,
        };
        if (tls.TrustChain?.Count > 0)
        {
            authentication.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                VerificationFlags = X509VerificationFlags.IgnoreEndRevocationUnknown,
                RevocationMode = revocation,
            };
            authentication.CertificateChainPolicy.CustomTrustStore.AddRange(tls.TrustChain);
        }

        var secured = new SslStream(
            stream, leaveInnerStreamOpen: false, (_, certificate, chain, errors) => IsAccepted(options, certificate, chain, errors));
        try
        {
            await secured.AuthenticateAsClientAsync(authentication, cancellationToken).ConfigureAwait(false);
            return secured;
        }
        catch
        {
            await secured.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static bool IsAccepted(MqttClientTcpOptions options, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (options.TlsOptions.CertificateValidationHandler is { } handler)
            return handler(new MqttClientCertificateValidationEventArgs(certificate, chain, errors, options));
        if (options.TlsOptions.IgnoreCertificateChainErrors)
            errors &= ~SslPolicyErrors.RemoteCertificateChainErrors;
        return errors == SslPolicyErrors.None;
    }
}
