using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    private static ScalarType _defaultType = ScalarType.Float32;

    public static ScalarType get_default_dtype() => _defaultType;

    public static void set_default_dtype(ScalarType dtype) => _defaultType =
        is_floating_point(dtype) ? dtype : throw new ArgumentException("Only floating point types are supported as the default type.");

    public static Device get_default_device() => CPU;

    public static Tensor full(
        ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        nint result;
        var options = NativeOptions.Of(dtype ?? (value.Value.Kind == 1 ? _defaultType : ScalarType.Int64), Ready(device), requires_grad);
        fixed (long* pointer = size)
            Call.Check(NativeMethods.et_full(pointer, size.Length, value.Value, options, &result));
        return new Tensor(result);
    }

    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null)
    {
        RefuseNames(names);
        nint result;
        var options = NativeOptions.Of(dtype ?? ScalarType.Int64, Ready(device), requires_grad);
        fixed (long* pointer = size)
            Call.Check(NativeMethods.et_randint(low, high, pointer, size.Length, generator?.Handle ?? 0, options, &result));
        GC.KeepAlive(generator);
        return new Tensor(result);
    }

    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        nint result;
        var options = NativeOptions.Of(dtype ?? ScalarType.Int64, Ready(device), requires_grad);
        Call.Check(NativeMethods.et_randperm(n, generator?.Handle ?? 0, options, &result));
        GC.KeepAlive(generator);
        return new Tensor(result);
    }

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        nint result;
        var real = start.Value.Kind == 1 || stop.Value.Kind == 1 || step.Value.Kind == 1;
        var options = NativeOptions.Of(dtype ?? (real ? _defaultType : ScalarType.Int64), Ready(device), requires_grad);
        Call.Check(NativeMethods.et_arange(start.Value, stop.Value, step.Value, options, &result));
        return new Tensor(result);
    }

    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        nint result;
        Call.Check(NativeMethods.et_linspace(start, end, steps, NativeOptions.Of(dtype ?? _defaultType, Ready(device), requires_grad), &result));
        return new Tensor(result);
    }

    public static Tensor eye(
        long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        nint result;
        var options = NativeOptions.Of(dtype ?? _defaultType, Ready(device), requires_grad);
        Call.Check(NativeMethods.et_eye(rows, columns < 0 ? rows : columns, options, &result));
        return new Tensor(result);
    }

    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Like(&NativeMethods.et_empty_like, input, dtype, device, requires_grad, names);

    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Like(&NativeMethods.et_zeros_like, input, dtype, device, requires_grad, names);

    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Like(&NativeMethods.et_ones_like, input, dtype, device, requires_grad, names);

    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Like(&NativeMethods.et_rand_like, input, dtype, device, requires_grad, null);

    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Like(&NativeMethods.et_randn_like, input, dtype, device, requires_grad, null);

    public static Tensor full_like(
        Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        nint result;
        var status = NativeMethods.et_full_like(input.Handle, value.Value, NativeOptions.Of(dtype, ReadyOrNull(device), requires_grad), &result);
        GC.KeepAlive(input);
        Call.Check(status);
        return new Tensor(result);
    }

    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(
        Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        var type = ToScalarType(rawArray.GetType().GetElementType()!);
        var shape = new long[rawArray.Rank];
        for (var d = 0; d < shape.Length; d++)
            shape[d] = rawArray.GetLongLength(d);
        var size = Buffer.ByteLength(rawArray is Half[] ? Array.Empty<byte>() : rawArray);
        var pin = GCHandle.Alloc(rawArray, GCHandleType.Pinned);
        try
        {
            var bytes = rawArray is Half[] halves ? halves.LongLength * 2 : size;
            return FromMemory((void*)Marshal.UnsafeAddrOfPinnedArrayElement(rawArray, 0), bytes, shape, type, dtype, device, requires_grad);
        }
        finally
        {
            pin.Free();
        }
    }

    private static Tensor FromScalar<T>(T value, ScalarType? dtype, Device? device, bool requiresGrad) where T : unmanaged =>
        FromSpan<T>([value], [], dtype, device, requiresGrad, null);

    private static Tensor FromSpan<T>(
        ReadOnlySpan<T> data, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names) where T : unmanaged
    {
        RefuseNames(names);
        fixed (T* pointer = data)
            return FromMemory(pointer, (long)data.Length * sizeof(T), dimensions, ToScalarType(typeof(T)), dtype, device, requiresGrad);
    }

    private static Tensor FromMemory(
        void* data, long bytes, ReadOnlySpan<long> dimensions, ScalarType type, ScalarType? dtype, Device? device, bool requiresGrad)
    {
        var needed = 1L;
        foreach (var size in dimensions)
            needed *= size;
        var elements = bytes / SizeOf(type);
        if (needed != elements)
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {elements} elements for {needed}");
        nint result;
        fixed (long* pointer = dimensions)
        {
            Call.Check(NativeMethods.et_from_data(
                data, bytes, pointer, dimensions.Length, (int)type, NativeOptions.Of(dtype, Ready(device), requiresGrad), &result));
        }
        return new Tensor(result);
    }

    private static T[] ArrayOf<T>(IList<T> list) => list as T[] ?? [.. list];

    private static int SizeOf(ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.ComplexFloat64 => 16,
        _ => 8,
    };

    private static Tensor Create(
        delegate*<long*, long, NativeOptions, nint*, int> entry, ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names)
    {
        RefuseNames(names);
        nint result;
        fixed (long* pointer = size)
            Call.Check(entry(pointer, size.Length, NativeOptions.Of(dtype ?? _defaultType, Ready(device), requiresGrad), &result));
        return new Tensor(result);
    }

    private static Tensor Draw(
        delegate*<long*, long, nint, NativeOptions, nint*, int> entry,
        ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requiresGrad, Generator? generator, string[]? names)
    {
        RefuseNames(names);
        nint result;
        var options = NativeOptions.Of(dtype ?? _defaultType, Ready(device), requiresGrad);
        fixed (long* pointer = size)
            Call.Check(entry(pointer, size.Length, generator?.Handle ?? 0, options, &result));
        GC.KeepAlive(generator);
        return new Tensor(result);
    }

    private static Tensor Like(
        delegate*<nint, NativeOptions, nint*, int> entry, Tensor input, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names)
    {
        RefuseNames(names);
        nint result;
        var status = entry(input.Handle, NativeOptions.Of(dtype, ReadyOrNull(device), requiresGrad), &result);
        GC.KeepAlive(input);
        Call.Check(status);
        return new Tensor(result);
    }

    private static Device Ready(Device? device) => InitializeDevice(device);

    private static Device? ReadyOrNull(Device? device) => device is null ? null : InitializeDevice(device);

    private static void RefuseNames(string[]? names)
    {
        if (names is not null)
            throw new NotSupportedException("The stand-in for TorchSharp has no named dimensions.");
    }
}
