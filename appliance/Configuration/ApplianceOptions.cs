namespace Edge.Appliance.Configuration;

/// <summary>Everything that appliance.json, the environment and the command line can set.</summary>
internal sealed record ApplianceOptions
{
    /// <summary>
    /// Directory of the bundle that serves, or a symbolic link to it. A relative path starts at the working directory.
    /// Default <c>current</c>. Also <c>EDGE_BUNDLE</c> and <c>--bundle</c>.
    /// </summary>
    public string Bundle { get; init; } = "current";

    /// <summary>
    /// Symbolic link to a bundle that might serve: the service tries it on what callers say, <c>edge-appliance candidate</c> shows what
    /// would change, <c>edge-appliance promote</c> lets it serve. Default: <c>candidate</c> beside <see cref="Bundle"/>.
    /// </summary>
    public string? Candidate { get; init; }

    /// <summary>Which bundles may serve.</summary>
    public BundleOptions Bundles { get; init; } = new();

    /// <summary>
    /// Name of this appliance in <c>edge/status/&lt;host&gt;</c> and in its client id; 1 to 64 letters, digits, <c>.</c>,
    /// <c>_</c> and <c>-</c>. Default: the machine's name.
    /// </summary>
    public string Host { get; init; } = Environment.MachineName;

    /// <summary>
    /// Longest time that a stop waits for what is in flight; 1 s to 5 min, default 20 s. What is not finished by then stays
    /// unacknowledged: the broker delivers it again.
    /// </summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Thresholds that count instead of the bundle's, each 0 to 1: for a head, <c>{"intent": 0.8}</c>, for some of its labels and the
    /// rest, <c>{"intent": {"refund": 0.95, "*": 0.8}}</c>, and for the score of what belongs to no intent, <c>{"outOfScope": 0.9}</c>.
    /// Of an answer with several labels the highest counts. What the bundle lacks is an error. Default: the bundle's.
    /// </summary>
    public IReadOnlyList<ThresholdOverride> Thresholds { get; init; } = [];

    /// <summary>The broker.</summary>
    public MqttOptions Mqtt { get; init; } = new();

    /// <summary>Queue and workers.</summary>
    public AnalysisOptions Analysis { get; init; } = new();

    /// <summary>The store of uncertain cases.</summary>
    public UncertainCaseOptions UncertainCases { get; init; } = new();

    /// <summary>The HTTP endpoint.</summary>
    public HttpOptions Http { get; init; } = new();
}
