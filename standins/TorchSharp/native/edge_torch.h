// What every entry of the shim shares: the C ABI's types, the guard that keeps exceptions out of the caller, and the
// macros that declare families of entries. Compiles against libtorch 1.13 and 2.x.
#pragma once

#include <ATen/ATen.h>
#include <torch/version.h>

#include <cstdint>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

#define ET_API extern "C" __attribute__((visibility("default"))) int32_t

using at::Tensor;

// c10::optional is a class of its own before 2.1, std::optional by another name then, and on its way out after.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 5)
template <class T>
using Optional = std::optional<T>;
#else
template <class T>
using Optional = c10::optional<T>;
#endif

// A managed Scalar. kind: 0 = integer, 1 = real, 2 = bool (in integer).
struct EtScalar {
    int64_t kind;
    int64_t integer;
    double real;
};

// TensorOptions; -1 in dtype or device_type means "not said".
struct EtOptions {
    int32_t dtype;
    int32_t device_type;
    int32_t device_index;
    int32_t requires_grad;
};

// One element of an index expression; see et_index.
struct EtIndex {
    int64_t kind;
    int64_t start;
    int64_t stop;
    int64_t step;
    const Tensor* tensor;
};

void et_set_error(const char* message) noexcept;
void et_prepare_thread() noexcept;

// Runs an entry. A C++ exception that crossed into the runtime would end the process, so each one becomes status 1 and a
// message that the same thread fetches with et_last_error. what_without_backtrace: the trace is of no use to the caller.
template <class Body>
int32_t guard(Body&& body) noexcept {
    et_prepare_thread();
    try {
        body();
        return 0;
    } catch (const c10::Error& error) {
        et_set_error(error.what_without_backtrace());
    } catch (const std::exception& error) {
        et_set_error(error.what());
    } catch (...) {
        et_set_error("libtorch threw something that is no std::exception");
    }
    return 1;
}

inline Tensor* own(Tensor tensor) { return new Tensor(std::move(tensor)); }

inline at::Scalar scalar(const EtScalar& value) {
    switch (value.kind) {
        case 0: return at::Scalar(value.integer);
        case 1: return at::Scalar(value.real);
        default: return at::Scalar(value.integer != 0);
    }
}

inline Optional<at::Scalar> maybe_scalar(const EtScalar* value) {
    return value == nullptr ? Optional<at::Scalar>() : Optional<at::Scalar>(scalar(*value));
}

inline Optional<Tensor> maybe(const Tensor* tensor) {
    return tensor == nullptr ? Optional<Tensor>() : Optional<Tensor>(*tensor);
}

inline Optional<at::ScalarType> maybe_type(int32_t dtype) {
    return dtype < 0 ? Optional<at::ScalarType>() : Optional<at::ScalarType>(static_cast<at::ScalarType>(dtype));
}

inline at::Device device_of(int32_t type, int32_t index) {
    return at::Device(static_cast<at::DeviceType>(type), static_cast<at::DeviceIndex>(index));
}

inline at::TensorOptions options_of(const EtOptions& options) {
    at::TensorOptions result;
    if (options.dtype >= 0) result = result.dtype(static_cast<at::ScalarType>(options.dtype));
    if (options.device_type >= 0) result = result.device(device_of(options.device_type, options.device_index));
    return result;
}

inline Tensor with_grad(Tensor tensor, const EtOptions& options) {
    if (options.requires_grad != 0) tensor.set_requires_grad(true);
    return tensor;
}

inline at::IntArrayRef ints(const int64_t* values, int64_t count) {
    return at::IntArrayRef(values, static_cast<size_t>(count));
}

inline std::vector<Tensor> list_of(const Tensor* const* tensors, int64_t count) {
    std::vector<Tensor> result;
    result.reserve(static_cast<size_t>(count));
    for (int64_t i = 0; i < count; i++) result.push_back(*tensors[i]);
    return result;
}

// Families of entries by their arguments. `self`, `other`, ... are what EXPR may use.
#define ET_UNARY(NAME, EXPR) \
    ET_API et_##NAME(const Tensor* self, Tensor** out) { return guard([&] { *out = own(EXPR); }); }
#define ET_UNARY_IN(NAME, EXPR) \
    ET_API et_##NAME(Tensor* self) { return guard([&] { EXPR; }); }
#define ET_BINARY(NAME, EXPR) \
    ET_API et_##NAME(const Tensor* self, const Tensor* other, Tensor** out) { return guard([&] { *out = own(EXPR); }); }
#define ET_BINARY_IN(NAME, EXPR) \
    ET_API et_##NAME(Tensor* self, const Tensor* other) { return guard([&] { EXPR; }); }
#define ET_SCALAR(NAME, EXPR) \
    ET_API et_##NAME(const Tensor* self, EtScalar other, Tensor** out) { return guard([&] { *out = own(EXPR); }); }
#define ET_SCALAR_IN(NAME, EXPR) \
    ET_API et_##NAME(Tensor* self, EtScalar other) { return guard([&] { EXPR; }); }
#define ET_LONG(NAME, EXPR) \
    ET_API et_##NAME(const Tensor* self, int64_t value, Tensor** out) { return guard([&] { *out = own(EXPR); }); }
#define ET_DIMS(NAME, EXPR) \
    ET_API et_##NAME(const Tensor* self, const int64_t* dims, int64_t count, Tensor** out) { \
        return guard([&] { *out = own(EXPR); }); \
    }
#define ET_FLAG(NAME, EXPR) \
    ET_API et_##NAME(const Tensor* self, int32_t* out) { return guard([&] { *out = (EXPR) ? 1 : 0; }); }
#define ET_NUMBER(NAME, EXPR) \
    ET_API et_##NAME(const Tensor* self, int64_t* out) { return guard([&] { *out = static_cast<int64_t>(EXPR); }); }
