using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor abs() => Call.Unary(&NativeMethods.et_abs, this);

        public Tensor neg() => Call.Unary(&NativeMethods.et_neg, this);

        public Tensor sqrt() => Call.Unary(&NativeMethods.et_sqrt, this);

        public Tensor rsqrt() => Call.Unary(&NativeMethods.et_rsqrt, this);

        public Tensor square() => Call.Unary(&NativeMethods.et_square, this);

        public Tensor exp() => Call.Unary(&NativeMethods.et_exp, this);

        public Tensor log() => Call.Unary(&NativeMethods.et_log, this);

        public Tensor log1p() => Call.Unary(&NativeMethods.et_log1p, this);

        public Tensor sin() => Call.Unary(&NativeMethods.et_sin, this);

        public Tensor cos() => Call.Unary(&NativeMethods.et_cos, this);

        public Tensor tanh() => Call.Unary(&NativeMethods.et_tanh, this);

        public Tensor sigmoid() => Call.Unary(&NativeMethods.et_sigmoid, this);

        public Tensor relu() => Call.Unary(&NativeMethods.et_relu, this);

        public Tensor gelu() => Call.Unary(&NativeMethods.et_gelu, this);

        public Tensor erf() => Call.Unary(&NativeMethods.et_erf, this);

        public Tensor sign() => Call.Unary(&NativeMethods.et_sign, this);

        public Tensor floor() => Call.Unary(&NativeMethods.et_floor, this);

        public Tensor ceil() => Call.Unary(&NativeMethods.et_ceil, this);

        public Tensor round() => Call.Unary(&NativeMethods.et_round, this);

        public Tensor reciprocal() => Call.Unary(&NativeMethods.et_reciprocal, this);

        public Tensor isnan() => Call.Unary(&NativeMethods.et_isnan, this);

        public Tensor isinf() => Call.Unary(&NativeMethods.et_isinf, this);

        public Tensor isfinite() => Call.Unary(&NativeMethods.et_isfinite, this);

        public Tensor logical_not() => Call.Unary(&NativeMethods.et_logical_not, this);

        public Tensor bitwise_not() => Call.Unary(&NativeMethods.et_bitwise_not, this);

        public Tensor absolute() => abs();

        public Tensor negative() => neg();

        public Tensor zero_() => Call.InPlace(&NativeMethods.et_zero_, this);

        public Tensor neg_() => Call.InPlace(&NativeMethods.et_neg_, this);

        public Tensor abs_() => Call.InPlace(&NativeMethods.et_abs_, this);

        public Tensor sqrt_() => Call.InPlace(&NativeMethods.et_sqrt_, this);

        public Tensor exp_() => Call.InPlace(&NativeMethods.et_exp_, this);

        public Tensor log_() => Call.InPlace(&NativeMethods.et_log_, this);

        public Tensor tanh_() => Call.InPlace(&NativeMethods.et_tanh_, this);

        public Tensor sigmoid_() => Call.InPlace(&NativeMethods.et_sigmoid_, this);

        public Tensor relu_() => Call.InPlace(&NativeMethods.et_relu_, this);

        public Tensor gelu_() => Call.InPlace(&NativeMethods.et_gelu_, this);

        public Tensor mul(Tensor target) => Call.Binary(&NativeMethods.et_mul, this, target);

        public Tensor mul(Scalar target) => Call.WithScalar(&NativeMethods.et_mul_scalar, this, target);

        public Tensor mul_(Tensor target) => Call.InPlace(&NativeMethods.et_mul_, this, target);

        public Tensor mul_(Scalar target) => Call.InPlace(&NativeMethods.et_mul_scalar_, this, target);

        public Tensor pow(Tensor exponent) => Call.Binary(&NativeMethods.et_pow, this, exponent);

        public Tensor pow(Scalar exponent) => Call.WithScalar(&NativeMethods.et_pow_scalar, this, exponent);

        public Tensor pow_(Scalar exponent) => Call.InPlace(&NativeMethods.et_pow_scalar_, this, exponent);

        public Tensor remainder(Tensor target) => Call.Binary(&NativeMethods.et_remainder, this, target);

        public Tensor remainder(Scalar scalar) => Call.WithScalar(&NativeMethods.et_remainder_scalar, this, scalar);

        public Tensor maximum(Tensor other) => Call.Binary(&NativeMethods.et_maximum, this, other);

        public Tensor minimum(Tensor other) => Call.Binary(&NativeMethods.et_minimum, this, other);

        public Tensor max(Tensor other) => maximum(other);

        public Tensor min(Tensor other) => minimum(other);

        public Tensor logical_and(Tensor other) => Call.Binary(&NativeMethods.et_logical_and, this, other);

        public Tensor logical_or(Tensor other) => Call.Binary(&NativeMethods.et_logical_or, this, other);

        public Tensor logical_xor(Tensor other) => Call.Binary(&NativeMethods.et_logical_xor, this, other);

        public Tensor bitwise_and(Tensor other) => Call.Binary(&NativeMethods.et_bitwise_and, this, other);

        public Tensor bitwise_or(Tensor other) => Call.Binary(&NativeMethods.et_bitwise_or, this, other);

        public Tensor bitwise_xor(Tensor other) => Call.Binary(&NativeMethods.et_bitwise_xor, this, other);

        public Tensor fill_(Scalar value) => Call.InPlace(&NativeMethods.et_fill_, this, value);
    }
}
