using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A number that keeps its kind: integer, real or bool.</summary>
public sealed class Scalar : IDisposable
{
    internal readonly NativeScalar Value;

    private Scalar(NativeScalar value, torch.ScalarType type) => (Value, Type) = (value, type);

    public torch.ScalarType Type { get; }

    public static implicit operator Scalar(byte value) => OfInteger(value);

    public static implicit operator Scalar(sbyte value) => OfInteger(value);

    public static implicit operator Scalar(short value) => OfInteger(value);

    public static implicit operator Scalar(int value) => OfInteger(value);

    public static implicit operator Scalar(long value) => OfInteger(value);

    public static implicit operator Scalar(Half value) => OfReal((double)value);

    public static implicit operator Scalar(float value) => OfReal(value);

    public static implicit operator Scalar(double value) => OfReal(value);

    public static implicit operator Scalar(bool value) => new(new NativeScalar { Kind = 2, Integer = value ? 1 : 0 }, torch.ScalarType.Bool);

    /// <summary>Nothing native is held; there to be source compatible.</summary>
    public void Dispose()
    {
    }

    internal static Scalar OfInteger(long value) => new(new NativeScalar { Kind = 0, Integer = value }, torch.ScalarType.Int64);

    internal static Scalar OfReal(double value) => new(new NativeScalar { Kind = 1, Real = value }, torch.ScalarType.Float64);

    internal double AsDouble => Value.Kind == 1 ? Value.Real : Value.Integer;

    internal long AsLong => Value.Kind == 1 ? (long)Value.Real : Value.Integer;
}
