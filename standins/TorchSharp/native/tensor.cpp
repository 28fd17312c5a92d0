// Making tensors, asking about them, moving and copying them, indexing.
#include "edge_torch.h"

#include <ATen/TensorIndexing.h>

#include <cstring>
#include <limits>

ET_API et_free(Tensor* tensor) { return guard([&] { delete tensor; }); }

// --- Creation -------------------------------------------------------------------------------------------------------

#define ET_FACTORY(NAME) \
    ET_API et_##NAME(const int64_t* dims, int64_t count, EtOptions options, Tensor** out) { \
        return guard([&] { *out = own(with_grad(at::NAME(ints(dims, count), options_of(options)), options)); }); \
    }
ET_FACTORY(empty)
ET_FACTORY(zeros)
ET_FACTORY(ones)

#define ET_RANDOM(NAME) \
    ET_API et_##NAME(const int64_t* dims, int64_t count, const at::Generator* generator, EtOptions options, Tensor** out) { \
        return guard([&] { \
            auto chosen = generator == nullptr ? Optional<at::Generator>() : Optional<at::Generator>(*generator); \
            *out = own(with_grad(at::NAME(ints(dims, count), chosen, options_of(options)), options)); \
        }); \
    }
ET_RANDOM(rand)
ET_RANDOM(randn)

ET_API et_full(const int64_t* dims, int64_t count, EtScalar value, EtOptions options, Tensor** out) {
    return guard([&] { *out = own(with_grad(at::full(ints(dims, count), scalar(value), options_of(options)), options)); });
}
ET_API et_randint(
    int64_t low, int64_t high, const int64_t* dims, int64_t count, const at::Generator* generator, EtOptions options, Tensor** out) {
    return guard([&] {
        auto chosen = generator == nullptr ? Optional<at::Generator>() : Optional<at::Generator>(*generator);
        *out = own(with_grad(at::randint(low, high, ints(dims, count), chosen, options_of(options)), options));
    });
}
ET_API et_randperm(int64_t n, const at::Generator* generator, EtOptions options, Tensor** out) {
    return guard([&] {
        auto chosen = generator == nullptr ? Optional<at::Generator>() : Optional<at::Generator>(*generator);
        *out = own(with_grad(at::randperm(n, chosen, options_of(options)), options));
    });
}
ET_API et_arange(EtScalar start, EtScalar stop, EtScalar step, EtOptions options, Tensor** out) {
    return guard([&] {
        *out = own(with_grad(at::arange(scalar(start), scalar(stop), scalar(step), options_of(options)), options));
    });
}
ET_API et_linspace(double start, double end, int64_t steps, EtOptions options, Tensor** out) {
    return guard([&] { *out = own(with_grad(at::linspace(start, end, steps, options_of(options)), options)); });
}
ET_API et_eye(int64_t rows, int64_t columns, EtOptions options, Tensor** out) {
    return guard([&] { *out = own(with_grad(at::eye(rows, columns, options_of(options)), options)); });
}

#define ET_LIKE(NAME) \
    ET_API et_##NAME(const Tensor* self, EtOptions options, Tensor** out) { \
        return guard([&] { *out = own(with_grad(at::NAME(*self, options_of(options)), options)); }); \
    }
ET_LIKE(empty_like)
ET_LIKE(zeros_like)
ET_LIKE(ones_like)
ET_LIKE(rand_like)
ET_LIKE(randn_like)
ET_API et_full_like(const Tensor* self, EtScalar value, EtOptions options, Tensor** out) {
    return guard([&] { *out = own(with_grad(at::full_like(*self, scalar(value), options_of(options)), options)); });
}

// Copies `bytes` of caller's memory into a new tensor: nothing of the caller's stays referenced.
ET_API et_from_data(
    const void* data, int64_t bytes, const int64_t* dims, int64_t count, int32_t dtype, EtOptions options, Tensor** out) {
    return guard([&] {
        auto source = at::empty(ints(dims, count), at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)));
        TORCH_CHECK(static_cast<int64_t>(source.nbytes()) == bytes,
            "the data have ", bytes, " bytes but the shape needs ", source.nbytes());
        if (bytes > 0) std::memcpy(source.data_ptr(), data, static_cast<size_t>(bytes));
        auto target = options_of(options);
        *out = own(with_grad(source.to(source.options().merge_in(target)), options));
    });
}

// --- Metadata -------------------------------------------------------------------------------------------------------

ET_NUMBER(dim, self->dim())
ET_NUMBER(numel, self->numel())
ET_NUMBER(dtype, self->scalar_type())
ET_NUMBER(element_size, self->element_size())
ET_NUMBER(device_type, self->device().type())
ET_NUMBER(device_index, self->device().has_index() ? self->device().index() : -1)
ET_NUMBER(storage_offset, self->storage_offset())
ET_FLAG(requires_grad, self->requires_grad())
ET_FLAG(is_leaf, self->is_leaf())
ET_FLAG(is_contiguous, self->is_contiguous())
ET_FLAG(is_sparse, self->is_sparse())
ET_FLAG(is_inference, self->is_inference())
ET_FLAG(is_pinned, self->is_pinned())

ET_API et_sizes(const Tensor* self, int64_t* out) {
    return guard([&] { for (auto size : self->sizes()) *out++ = size; });
}
ET_API et_strides(const Tensor* self, int64_t* out) {
    return guard([&] { for (auto stride : self->strides()) *out++ = stride; });
}
ET_API et_data_ptr(const Tensor* self, void** out) { return guard([&] { *out = self->data_ptr(); }); }

// The one value of the tensor in a type wide enough for it; `is_real` says which of the two was filled.
ET_API et_item(const Tensor* self, int64_t* integer, double* real, int32_t* is_real) {
    return guard([&] {
        auto value = self->item();
        *is_real = value.isFloatingPoint() ? 1 : 0;
        if (value.isFloatingPoint()) *real = value.toDouble();
        else *integer = value.isBoolean() ? (value.toBool() ? 1 : 0) : value.toLong();
    });
}

ET_API et_set_requires_grad(Tensor* self, int32_t value) { return guard([&] { self->set_requires_grad(value != 0); }); }

// --- Copies ---------------------------------------------------------------------------------------------------------

ET_UNARY(alias, self->alias())
// Another reference to the same tensor: identity, gradient and graph are shared (alias makes a view with its own).
ET_UNARY(share, *self)
ET_UNARY(clone, self->clone())
ET_UNARY(contiguous, self->contiguous())
ET_UNARY(pin_memory, self->pin_memory())
ET_BINARY(to_other, self->to(*other))

ET_API et_to(const Tensor* self, EtOptions options, int32_t copy, int32_t non_blocking, Tensor** out) {
    return guard([&] {
        auto target = self->options();
        if (options.dtype >= 0) target = target.dtype(static_cast<at::ScalarType>(options.dtype));
        if (options.device_type >= 0) target = target.device(device_of(options.device_type, options.device_index));
        *out = own(self->to(target, non_blocking != 0, copy != 0));
    });
}
ET_API et_copy_(Tensor* self, const Tensor* source, int32_t non_blocking) {
    return guard([&] { self->copy_(*source, non_blocking != 0); });
}

// --- Indexing -------------------------------------------------------------------------------------------------------

namespace {

constexpr int64_t absent = std::numeric_limits<int64_t>::min();

Optional<int64_t> bound(int64_t value) {
    return value == absent ? Optional<int64_t>() : Optional<int64_t>(value);
}

std::vector<at::indexing::TensorIndex> indices_of(const EtIndex* indices, int64_t count) {
    std::vector<at::indexing::TensorIndex> result;
    result.reserve(static_cast<size_t>(count));
    for (int64_t i = 0; i < count; i++) {
        const auto& index = indices[i];
        switch (index.kind) {
            case 0: result.emplace_back(at::indexing::None); break;
            case 1: result.emplace_back(at::indexing::Ellipsis); break;
            case 2: result.emplace_back(index.start); break;
            case 3: result.emplace_back(index.start != 0); break;
            case 4:
                result.emplace_back(at::indexing::Slice(bound(index.start), bound(index.stop), bound(index.step)));
                break;
            default: result.emplace_back(*index.tensor); break;
        }
    }
    return result;
}

} // namespace

ET_API et_index(const Tensor* self, const EtIndex* indices, int64_t count, Tensor** out) {
    return guard([&] { *out = own(self->index(indices_of(indices, count))); });
}
ET_API et_index_set(Tensor* self, const EtIndex* indices, int64_t count, const Tensor* value) {
    return guard([&] { self->index_put_(indices_of(indices, count), *value); });
}
ET_API et_index_set_scalar(Tensor* self, const EtIndex* indices, int64_t count, EtScalar value) {
    return guard([&] { self->index_put_(indices_of(indices, count), scalar(value)); });
}
ET_API et_index_put_(Tensor* self, const Tensor* const* indices, int64_t count, const Tensor* values, int32_t accumulate) {
    return guard([&] {
        c10::List<Optional<Tensor>> list;
        for (int64_t i = 0; i < count; i++) list.push_back(*indices[i]);
        self->index_put_(list, *values, accumulate != 0);
    });
}
