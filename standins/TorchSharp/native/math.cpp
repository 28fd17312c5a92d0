// Pointwise operations, comparisons, reductions, linear algebra.
#include "edge_torch.h"

#include <string>

ET_UNARY(neg, self->neg())
ET_UNARY(abs, self->abs())
ET_UNARY(sqrt, self->sqrt())
ET_UNARY(rsqrt, self->rsqrt())
ET_UNARY(square, self->square())
ET_UNARY(exp, self->exp())
ET_UNARY(log, self->log())
ET_UNARY(log1p, self->log1p())
ET_UNARY(sin, self->sin())
ET_UNARY(cos, self->cos())
ET_UNARY(tanh, self->tanh())
ET_UNARY(sigmoid, self->sigmoid())
ET_UNARY(relu, self->relu())
ET_UNARY(gelu, at::gelu(*self))
ET_UNARY(erf, self->erf())
ET_UNARY(sign, self->sign())
ET_UNARY(floor, self->floor())
ET_UNARY(ceil, self->ceil())
ET_UNARY(round, self->round())
ET_UNARY(reciprocal, self->reciprocal())
ET_UNARY(isnan, self->isnan())
ET_UNARY(isinf, self->isinf())
ET_UNARY(isfinite, self->isfinite())
ET_UNARY(logical_not, self->logical_not())
ET_UNARY(bitwise_not, self->bitwise_not())

ET_UNARY_IN(zero_, self->zero_())
ET_UNARY_IN(neg_, self->neg_())
ET_UNARY_IN(abs_, self->abs_())
ET_UNARY_IN(sqrt_, self->sqrt_())
ET_UNARY_IN(exp_, self->exp_())
ET_UNARY_IN(log_, self->log_())
ET_UNARY_IN(tanh_, self->tanh_())
ET_UNARY_IN(sigmoid_, self->sigmoid_())
ET_UNARY_IN(relu_, self->relu_())
ET_UNARY_IN(gelu_, at::gelu_(*self))

ET_BINARY(mul, self->mul(*other))
ET_BINARY(pow, self->pow(*other))
ET_BINARY(maximum, at::maximum(*self, *other))
ET_BINARY(minimum, at::minimum(*self, *other))
ET_BINARY(remainder, self->remainder(*other))
ET_BINARY(eq, self->eq(*other))
ET_BINARY(ne, self->ne(*other))
ET_BINARY(lt, self->lt(*other))
ET_BINARY(le, self->le(*other))
ET_BINARY(gt, self->gt(*other))
ET_BINARY(ge, self->ge(*other))
ET_BINARY(logical_and, self->logical_and(*other))
ET_BINARY(logical_or, self->logical_or(*other))
ET_BINARY(logical_xor, self->logical_xor(*other))
ET_BINARY(bitwise_and, self->bitwise_and(*other))
ET_BINARY(bitwise_or, self->bitwise_or(*other))
ET_BINARY(bitwise_xor, self->bitwise_xor(*other))
ET_BINARY_IN(mul_, self->mul_(*other))

ET_SCALAR(mul_scalar, self->mul(scalar(other)))
ET_SCALAR(pow_scalar, self->pow(scalar(other)))
ET_SCALAR(remainder_scalar, self->remainder(scalar(other)))
ET_SCALAR(eq_scalar, self->eq(scalar(other)))
ET_SCALAR(ne_scalar, self->ne(scalar(other)))
ET_SCALAR(lt_scalar, self->lt(scalar(other)))
ET_SCALAR(le_scalar, self->le(scalar(other)))
ET_SCALAR(gt_scalar, self->gt(scalar(other)))
ET_SCALAR(ge_scalar, self->ge(scalar(other)))
ET_SCALAR(rsub_scalar, at::rsub(*self, scalar(other)))
ET_SCALAR(rdiv_scalar, self->reciprocal().mul(scalar(other)))
ET_SCALAR_IN(mul_scalar_, self->mul_(scalar(other)))
ET_SCALAR_IN(pow_scalar_, self->pow_(scalar(other)))
ET_SCALAR_IN(fill_, self->fill_(scalar(other)))

#define ET_ALPHA(NAME) \
    ET_API et_##NAME(const Tensor* self, const Tensor* other, EtScalar alpha, Tensor** out) { \
        return guard([&] { *out = own(self->NAME(*other, scalar(alpha))); }); \
    } \
    ET_API et_##NAME##_(Tensor* self, const Tensor* other, EtScalar alpha) { \
        return guard([&] { self->NAME##_(*other, scalar(alpha)); }); \
    } \
    ET_API et_##NAME##_scalar(const Tensor* self, EtScalar other, EtScalar alpha, Tensor** out) { \
        return guard([&] { *out = own(self->NAME(scalar(other), scalar(alpha))); }); \
    } \
    ET_API et_##NAME##_scalar_(Tensor* self, EtScalar other, EtScalar alpha) { \
        return guard([&] { self->NAME##_(scalar(other), scalar(alpha)); }); \
    }
ET_ALPHA(add)
ET_ALPHA(sub)

namespace {

// 0: true division, 1: truncating, 2: flooring.
const char* rounding_of(int32_t rounding) { return rounding == 1 ? "trunc" : "floor"; }

} // namespace

ET_API et_div(const Tensor* self, const Tensor* other, int32_t rounding, Tensor** out) {
    return guard([&] { *out = own(rounding == 0 ? self->div(*other) : self->div(*other, rounding_of(rounding))); });
}
ET_API et_div_scalar(const Tensor* self, EtScalar other, int32_t rounding, Tensor** out) {
    return guard([&] { *out = own(rounding == 0 ? self->div(scalar(other)) : self->div(scalar(other), rounding_of(rounding))); });
}
ET_API et_div_(Tensor* self, const Tensor* other, int32_t rounding) {
    return guard([&] { rounding == 0 ? self->div_(*other) : self->div_(*other, rounding_of(rounding)); });
}
ET_API et_div_scalar_(Tensor* self, EtScalar other, int32_t rounding) {
    return guard([&] { rounding == 0 ? self->div_(scalar(other)) : self->div_(scalar(other), rounding_of(rounding)); });
}

ET_API et_addcmul(const Tensor* self, const Tensor* a, const Tensor* b, EtScalar value, Tensor** out) {
    return guard([&] { *out = own(self->addcmul(*a, *b, scalar(value))); });
}
ET_API et_addcmul_(Tensor* self, const Tensor* a, const Tensor* b, EtScalar value) {
    return guard([&] { self->addcmul_(*a, *b, scalar(value)); });
}
ET_API et_addcdiv(const Tensor* self, const Tensor* a, const Tensor* b, EtScalar value, Tensor** out) {
    return guard([&] { *out = own(self->addcdiv(*a, *b, scalar(value))); });
}
ET_API et_addcdiv_(Tensor* self, const Tensor* a, const Tensor* b, EtScalar value) {
    return guard([&] { self->addcdiv_(*a, *b, scalar(value)); });
}
ET_API et_lerp(const Tensor* self, const Tensor* end, EtScalar weight, Tensor** out) {
    return guard([&] { *out = own(self->lerp(*end, scalar(weight))); });
}
ET_API et_lerp_(Tensor* self, const Tensor* end, EtScalar weight) {
    return guard([&] { self->lerp_(*end, scalar(weight)); });
}
ET_API et_clamp(const Tensor* self, const EtScalar* low, const EtScalar* high, Tensor** out) {
    return guard([&] { *out = own(self->clamp(maybe_scalar(low), maybe_scalar(high))); });
}
ET_API et_clamp_(Tensor* self, const EtScalar* low, const EtScalar* high) {
    return guard([&] { self->clamp_(maybe_scalar(low), maybe_scalar(high)); });
}

// --- Filling with random numbers ------------------------------------------------------------------------------------

#define ET_FILL(NAME, EXPR) \
    ET_API et_##NAME(Tensor* self, double a, double b, const at::Generator* generator) { \
        return guard([&] { \
            auto chosen = generator == nullptr ? Optional<at::Generator>() : Optional<at::Generator>(*generator); \
            EXPR; \
        }); \
    }
ET_FILL(uniform_, self->uniform_(a, b, chosen))
ET_FILL(normal_, self->normal_(a, b, chosen))
ET_FILL(bernoulli_, static_cast<void>(b); self->bernoulli_(a, chosen))

// --- Reductions -----------------------------------------------------------------------------------------------------

ET_API et_sum(const Tensor* self, int32_t dtype, Tensor** out) {
    return guard([&] { *out = own(self->sum(maybe_type(dtype))); });
}
ET_API et_sum_dims(const Tensor* self, const int64_t* dims, int64_t count, int32_t keep, int32_t dtype, Tensor** out) {
    return guard([&] { *out = own(self->sum(ints(dims, count), keep != 0, maybe_type(dtype))); });
}
ET_API et_mean(const Tensor* self, int32_t dtype, Tensor** out) {
    return guard([&] { *out = own(self->mean(maybe_type(dtype))); });
}
ET_API et_mean_dims(const Tensor* self, const int64_t* dims, int64_t count, int32_t keep, int32_t dtype, Tensor** out) {
    return guard([&] { *out = own(self->mean(ints(dims, count), keep != 0, maybe_type(dtype))); });
}
ET_UNARY(max, self->max())
ET_UNARY(min, self->min())
ET_UNARY(all, self->all())
ET_UNARY(any, self->any())
ET_UNARY(prod, self->prod())
ET_UNARY(argmax, self->argmax())
ET_UNARY(argmin, self->argmin())

#define ET_PAIR(NAME, EXPR) \
    ET_API et_##NAME(const Tensor* self, int64_t dim, int32_t keep, Tensor** values, Tensor** indexes) { \
        return guard([&] { \
            auto pair = EXPR; \
            *values = own(std::get<0>(pair)); \
            *indexes = own(std::get<1>(pair)); \
        }); \
    }
ET_PAIR(max_dim, self->max(dim, keep != 0))
ET_PAIR(min_dim, self->min(dim, keep != 0))

#define ET_DIM(NAME, EXPR) \
    ET_API et_##NAME(const Tensor* self, int64_t dim, int32_t keep, Tensor** out) { return guard([&] { *out = own(EXPR); }); }
ET_DIM(argmax_dim, self->argmax(dim, keep != 0))
ET_DIM(argmin_dim, self->argmin(dim, keep != 0))
ET_DIM(all_dim, self->all(dim, keep != 0))
ET_DIM(any_dim, self->any(dim, keep != 0))
ET_DIM(logsumexp, self->logsumexp(at::IntArrayRef(&dim, 1), keep != 0))

ET_API et_amax(const Tensor* self, const int64_t* dims, int64_t count, int32_t keep, Tensor** out) {
    return guard([&] { *out = own(self->amax(ints(dims, count), keep != 0)); });
}
ET_API et_amin(const Tensor* self, const int64_t* dims, int64_t count, int32_t keep, Tensor** out) {
    return guard([&] { *out = own(self->amin(ints(dims, count), keep != 0)); });
}
ET_API et_topk(const Tensor* self, int64_t k, int64_t dim, int32_t largest, int32_t sorted, Tensor** values, Tensor** indexes) {
    return guard([&] {
        auto pair = self->topk(k, dim, largest != 0, sorted != 0);
        *values = own(std::get<0>(pair));
        *indexes = own(std::get<1>(pair));
    });
}
ET_API et_sort(const Tensor* self, int64_t dim, int32_t descending, int32_t stable, Tensor** values, Tensor** indexes) {
    return guard([&] {
        auto pair = self->sort(Optional<bool>(stable != 0), dim, descending != 0);
        *values = own(std::get<0>(pair));
        *indexes = own(std::get<1>(pair));
    });
}
ET_API et_argsort(const Tensor* self, int64_t dim, int32_t descending, Tensor** out) {
    return guard([&] { *out = own(self->argsort(dim, descending != 0)); });
}
ET_API et_cumsum(const Tensor* self, int64_t dim, int32_t dtype, Tensor** out) {
    return guard([&] { *out = own(self->cumsum(dim, maybe_type(dtype))); });
}
ET_API et_norm(const Tensor* self, double p, Tensor** out) { return guard([&] { *out = own(self->norm(p)); }); }
ET_API et_norm_dim(const Tensor* self, double p, int64_t dim, int32_t keep, Tensor** out) {
    return guard([&] { *out = own(self->norm(at::Scalar(p), at::IntArrayRef(&dim, 1), keep != 0)); });
}
ET_API et_std(const Tensor* self, int32_t unbiased, Tensor** out) { return guard([&] { *out = own(self->std(unbiased != 0)); }); }
ET_API et_var(const Tensor* self, int32_t unbiased, Tensor** out) { return guard([&] { *out = own(self->var(unbiased != 0)); }); }
ET_API et_std_dims(const Tensor* self, const int64_t* dims, int64_t count, int32_t unbiased, int32_t keep, Tensor** out) {
    return guard([&] { *out = own(self->std(ints(dims, count), unbiased != 0, keep != 0)); });
}
ET_API et_var_dims(const Tensor* self, const int64_t* dims, int64_t count, int32_t unbiased, int32_t keep, Tensor** out) {
    return guard([&] { *out = own(self->var(ints(dims, count), unbiased != 0, keep != 0)); });
}
ET_API et_softmax(const Tensor* self, int64_t dim, int32_t dtype, Tensor** out) {
    return guard([&] { *out = own(self->softmax(dim, maybe_type(dtype))); });
}
ET_API et_log_softmax(const Tensor* self, int64_t dim, int32_t dtype, Tensor** out) {
    return guard([&] { *out = own(self->log_softmax(dim, maybe_type(dtype))); });
}
ET_API et_allclose(const Tensor* self, const Tensor* other, double rtol, double atol, int32_t equal_nan, int32_t* out) {
    return guard([&] { *out = self->allclose(*other, rtol, atol, equal_nan != 0) ? 1 : 0; });
}
ET_API et_equal(const Tensor* self, const Tensor* other, int32_t* out) {
    return guard([&] { *out = self->equal(*other) ? 1 : 0; });
}

// --- Linear algebra -------------------------------------------------------------------------------------------------

ET_BINARY(matmul, self->matmul(*other))
ET_BINARY(mm, self->mm(*other))
ET_BINARY(bmm, self->bmm(*other))
ET_BINARY(mv, self->mv(*other))
ET_BINARY(dot, self->dot(*other))
ET_BINARY(outer, self->outer(*other))

ET_API et_addmm(const Tensor* self, const Tensor* a, const Tensor* b, double beta, double alpha, Tensor** out) {
    return guard([&] { *out = own(self->addmm(*a, *b, beta, alpha)); });
}
ET_API et_baddbmm(const Tensor* self, const Tensor* a, const Tensor* b, double beta, double alpha, Tensor** out) {
    return guard([&] { *out = own(self->baddbmm(*a, *b, beta, alpha)); });
}
ET_API et_einsum(const char* equation, const Tensor* const* tensors, int64_t count, Tensor** out) {
    return guard([&] { *out = own(at::einsum(equation, list_of(tensors, count))); });
}
