using TorchSharp.Modules;

namespace TorchSharp.Interop;

/// <summary>What is done to all parameters at once: one native call for the list.</summary>
internal static unsafe class ParameterLists
{
    internal static void ZeroGrads(IReadOnlyCollection<Parameter> parameters, bool toNone)
    {
        var handles = Call.HandlesOf(parameters);
        int status;
        fixed (nint* pointer = handles)
            status = NativeMethods.et_zero_grads(pointer, handles.Length, toNone ? 1 : 0);
        GC.KeepAlive(parameters);
        Call.Check(status);
    }

    internal static double ClipNorm(IReadOnlyCollection<Parameter> parameters, double maximum, double p)
    {
        var handles = Call.HandlesOf(parameters);
        double result;
        int status;
        fixed (nint* pointer = handles)
            status = NativeMethods.et_clip_grad_norm_(pointer, handles.Length, maximum, p, &result);
        GC.KeepAlive(parameters);
        Call.Check(status);
        return result;
    }

    internal static void ClipValue(IReadOnlyCollection<Parameter> parameters, double limit)
    {
        var handles = Call.HandlesOf(parameters);
        int status;
        fixed (nint* pointer = handles)
            status = NativeMethods.et_clip_grad_value_(pointer, handles.Length, limit);
        GC.KeepAlive(parameters);
        Call.Check(status);
    }
}
