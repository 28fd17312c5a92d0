using System.Net;
using Edge.Appliance.Analysis;
using Edge.Appliance.Answering;
using Edge.Appliance.Configuration;
using Edge.Appliance.Health;
using Edge.Appliance.Http;
using Edge.Appliance.Mqtt;
using Edge.Appliance.Reloading;
using Edge.Appliance.Shadowing;
using Edge.Appliance.UncertainCases;
using Edge.Bundles.Common;
using Edge.Bundles.Masking;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting.Systemd;

namespace Edge.Appliance.Commands;

/// <summary>Puts the parts of the service together.</summary>
internal static partial class ApplianceHost
{
    private static readonly TimeSpan TimeToClose = TimeSpan.FromSeconds(10);

    /// <summary>Builds the host. Bundles and store stay the caller's.</summary>
    public static WebApplication Build(LoadedOptions loaded, BundleInService inService, UncertainCaseStore store)
    {
        var options = loaded.Options;
        // Empty: neither appsettings.json nor ASPNETCORE_URLS shall open anything that the options do not name.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        AddLogging(builder, loaded.Logging);
        AddHttp(builder, options.Http);

        var services = builder.Services;
        services.AddSystemd();
        services.TryAddSingleton<ISystemdNotifier, SystemdNotifier>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout + TimeToClose);
        services.AddSingleton(options).AddSingleton(options.Analysis).AddSingleton(options.Mqtt).AddSingleton(options.UncertainCases);
        services.AddSingleton(loaded).AddSingleton(inService).AddSingleton(store);
        services.AddSingleton(TimeProvider.System).AddSingleton(new PersonalDataMasker()).AddSingleton<AnswerMasking>();
        services.AddSingleton<Metrics>().AddSingleton<HealthState>().AddSingleton<ReadinessWriter>().AddSingleton<PrometheusExporter>();
        services.AddSingleton(new UtteranceReader(options.Analysis.MaxTextLength)).AddSingleton<AnalysisQueue>().AddSingleton<Answerer>();
        services.AddSingleton<ShadowQueue>().AddSingleton<ShadowNotices>()
            .AddSingleton(new ShadowStore(options.UncertainCases, Random.Shared));
        services.AddSingleton<UncertainCaseFactory>().AddSingleton<UncertainCaseQueue>();
        services.AddSingleton<InFlightMessages>().AddSingleton<AnswerCache>().AddSingleton<IdempotentAnswerer>()
            .AddSingleton<Suspects>().AddSingleton<PublishGate>().AddSingleton<AnswerPublisher>().AddSingleton<MessageHandler>();
        services.AddSingleton<GroupMembers>().AddSingleton<StatusEcho>().AddSingleton<BrokerDrops>().AddSingleton<BrokerNotices>()
            .AddSingleton<ConnectionWatch>().AddSingleton<Farewell>();
        services.AddSingleton<ClientOptionsFactory>().AddSingleton<MqttConnector>();
        services.AddSingleton<BundleReloader>().AddSingleton<CandidateEndpoint>().AddSingleton<HttpEndpoints>();

        // Stopped in reverse order: first nobody gives more work, then the workers, then the store.
        services.AddHostedService<UncertainCaseService>();
        services.AddSingleton<AnalysisService>().AddHostedService(provider => provider.GetRequiredService<AnalysisService>());
        services.AddHostedService(provider => provider.GetRequiredService<BundleReloader>());
        services.AddHostedService<ShadowService>();
        services.AddHostedService<KeepWarmService>();
        services.AddHostedService<WatchdogService>();
        if (options.Mqtt.Enabled)
        {
            services.AddHostedService<ProgressMonitor>();
            services.AddHostedService<MqttService>();
            if (options.Mqtt.SharedGroup is not null)
                services.AddHostedService<SessionTakeover>();
        }

        var app = builder.Build();
        if (!options.Http.AllowNonLoopback)
            app.Use(LoopbackHosts.RefuseOthersAsync);
        app.Use(ForeignPages.RefuseAsync);
        app.Services.GetRequiredService<HttpEndpoints>().Map(app);
        ApplianceGauges.Register(
            app.Services.GetRequiredService<Metrics>(), app.Services.GetRequiredService<AnalysisQueue>(),
            app.Services.GetRequiredService<InFlightMessages>(), app.Services.GetRequiredService<UncertainCaseQueue>(),
            app.Services.GetRequiredService<HealthState>(), inService);
        return app;
    }

    /// <summary>Says what serves, and where.</summary>
    public static void LogServing(WebApplication app, ApplianceOptions options, ReadyBundle ready) =>
        Log.Serving(app.Logger, ProductVersion.Text, ready.Bundle.Id, $"{ready.Bundle.Precision} on {ready.Provider}", ready.GoldenCount,
            options.Analysis.Workers, string.Join(", ", app.Urls));

    private static void AddLogging(WebApplicationBuilder builder, IReadOnlyList<Setting> settings)
    {
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)));
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection(OptionsBinder.LoggingSection));
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
    }

    private static void AddHttp(WebApplicationBuilder builder, HttpOptions options)
    {
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Parse(options.Address), options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
        });
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information,
            "edge-appliance {Version} serves bundle {Bundle} ({Precision}, {GoldenCount} golden utterances right) with {Workers} " +
            "workers on {Urls}")]
        public static partial void Serving(
            ILogger logger, string version, string bundle, string precision, int goldenCount, int workers, string urls);
    }
}
