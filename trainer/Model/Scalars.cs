using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace Edge.Trainer.Model;

/// <summary>
/// Numbers for tensor operations. TorchSharp turns <c>tensor * 0.5</c> into a native number with a finalizer and hands only its
/// address over: a collection during the call frees a number that libtorch still reads. The ones from here stay alive. A number
/// of its own for each step belongs into a <c>using</c>, which keeps it alive as well.
/// </summary>
internal static class Scalars
{
    private static readonly ConcurrentDictionary<double, Scalar> _reals = new();
    private static readonly ConcurrentDictionary<long, Scalar> _integers = new();

    /// <summary>A number that is kept for good: for constants and for what takes few values.</summary>
    public static Scalar Of(double value) => _reals.GetOrAdd(value, static value => value);

    /// <summary>A whole number that is kept for good; integer tensors stay integers with it.</summary>
    public static Scalar Of(long value) => _integers.GetOrAdd(value, static value => value);

    /// <summary>1, as a factor of what is added.</summary>
    public static Scalar One { get; } = Of(1);

    /// <summary>The sum; <c>left + right</c> would make a factor of 1 that nobody holds.</summary>
    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, One);

    /// <summary>The square; <c>square()</c> would make an exponent that nobody holds.</summary>
    public static Tensor Squared(this Tensor values) => values.mul(values);

    /// <summary>A number for a <c>using</c>.</summary>
    public static Scalar New(double value) => value;
}
