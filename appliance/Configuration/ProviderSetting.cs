using System.Globalization;

namespace Edge.Appliance.Configuration;

/// <summary><c>Analysis:Provider</c>, read.</summary>
/// <param name="Kind">What runs the model.</param>
/// <param name="Devices">With CUDA: numbers of the GPUs, one session each.</param>
internal sealed record ProviderSetting(ProviderKind Kind, IReadOnlyList<int> Devices)
{
    /// <summary>What is allowed, for messages.</summary>
    public const string Allowed = "auto, cpu, cuda, or cuda:N[,M] with numbers of GPUs from 0 to 63, each once";

    private const string Cuda = "cuda";
    private const int HighestDevice = 63;

    /// <summary>Reads the setting; <c>null</c> where it is not allowed.</summary>
    public static ProviderSetting? Parse(string text) => text switch
    {
        "auto" => new ProviderSetting(ProviderKind.Auto, [0]),
        "cpu" => new ProviderSetting(ProviderKind.Cpu, []),
        Cuda => new ProviderSetting(ProviderKind.Cuda, [0]),
        _ when text.StartsWith(Cuda + ":", StringComparison.Ordinal) => ParseDevices(text[(Cuda.Length + 1)..]),
        _ => null,
    };

    private static ProviderSetting? ParseDevices(string list)
    {
        var devices = new List<int>();
        foreach (var part in list.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var device) || device > HighestDevice
                || devices.Contains(device))
                return null;
            devices.Add(device);
        }
        return new ProviderSetting(ProviderKind.Cuda, devices);
    }
}
