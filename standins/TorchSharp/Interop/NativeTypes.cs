using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>EtScalar of edge_torch.h. Kind: 0 integer, 1 real, 2 bool.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeScalar
{
    internal long Kind;
    internal long Integer;
    internal double Real;
}

/// <summary>EtOptions of edge_torch.h; -1 means "not said".</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeOptions
{
    internal int DataType;
    internal int DeviceType;
    internal int DeviceIndex;
    internal int RequiresGrad;

    internal static NativeOptions Of(torch.ScalarType? dtype, torch.Device? device, bool requiresGrad = false) => new()
    {
        DataType = dtype is null ? -1 : (int)dtype,
        DeviceType = device is null ? -1 : (int)device.type,
        DeviceIndex = device?.index ?? -1,
        RequiresGrad = requiresGrad ? 1 : 0,
    };
}

/// <summary>EtIndex of edge_torch.h. Kind: 0 none, 1 ellipsis, 2 single, 3 bool, 4 slice, 5 tensor.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeIndex
{
    /// <summary>Stands for a bound of a slice that was not said.</summary>
    internal const long Absent = long.MinValue;

    internal long Kind;
    internal long Start;
    internal long Stop;
    internal long Step;
    internal nint Tensor;
}
