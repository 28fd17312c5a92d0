// Views, joins, splits, and picking elements.
#include "edge_torch.h"

ET_DIMS(view, self->view(ints(dims, count)))
ET_DIMS(reshape, self->reshape(ints(dims, count)))
ET_DIMS(permute, self->permute(ints(dims, count)))
ET_DIMS(repeat, self->repeat(ints(dims, count)))
ET_DIMS(flip, self->flip(ints(dims, count)))

ET_UNARY(t, self->t())
ET_UNARY(squeeze, self->squeeze())
ET_UNARY(nonzero, self->nonzero())
ET_UNARY(detach, self->detach())
ET_UNARY_IN(detach_, self->detach_())
ET_LONG(unsqueeze, self->unsqueeze(value))
ET_LONG(squeeze_dim, self->squeeze(value))
ET_LONG(triu, self->triu(value))
ET_LONG(tril, self->tril(value))
ET_LONG(one_hot, at::one_hot(*self, value))
ET_BINARY(masked_select, self->masked_select(*other))

ET_API et_expand(const Tensor* self, const int64_t* dims, int64_t count, int32_t implicit, Tensor** out) {
    return guard([&] { *out = own(self->expand(ints(dims, count), implicit != 0)); });
}
ET_API et_transpose(const Tensor* self, int64_t a, int64_t b, Tensor** out) {
    return guard([&] { *out = own(self->transpose(a, b)); });
}
ET_API et_flatten(const Tensor* self, int64_t start, int64_t end, Tensor** out) {
    return guard([&] { *out = own(self->flatten(start, end)); });
}
ET_API et_narrow(const Tensor* self, int64_t dim, int64_t start, int64_t length, Tensor** out) {
    return guard([&] { *out = own(self->narrow(dim, start, length)); });
}
ET_API et_select(const Tensor* self, int64_t dim, int64_t index, Tensor** out) {
    return guard([&] { *out = own(self->select(dim, index)); });
}
ET_API et_slice(const Tensor* self, int64_t dim, int64_t start, int64_t finish, int64_t step, Tensor** out) {
    return guard([&] { *out = own(self->slice(dim, start, finish, step)); });
}
ET_API et_repeat_interleave(const Tensor* self, int64_t repeats, int64_t dim, int32_t has_dim, Tensor** out) {
    return guard([&] {
        *out = own(self->repeat_interleave(repeats, has_dim != 0 ? Optional<int64_t>(dim) : Optional<int64_t>()));
    });
}
ET_API et_cat(const Tensor* const* tensors, int64_t count, int64_t dim, Tensor** out) {
    return guard([&] { *out = own(at::cat(list_of(tensors, count), dim)); });
}
ET_API et_stack(const Tensor* const* tensors, int64_t count, int64_t dim, Tensor** out) {
    return guard([&] { *out = own(at::stack(list_of(tensors, count), dim)); });
}

// Results of unknown number: a list that the caller empties with et_list_take and then frees.
ET_API et_split(const Tensor* self, int64_t size, int64_t dim, std::vector<Tensor>** out, int64_t* count) {
    return guard([&] {
        *out = new std::vector<Tensor>(self->split(size, dim));
        *count = static_cast<int64_t>((*out)->size());
    });
}
ET_API et_split_sizes(
    const Tensor* self, const int64_t* sizes, int64_t size_count, int64_t dim, std::vector<Tensor>** out, int64_t* count) {
    return guard([&] {
        *out = new std::vector<Tensor>(self->split_with_sizes(ints(sizes, size_count), dim));
        *count = static_cast<int64_t>((*out)->size());
    });
}
ET_API et_chunk(const Tensor* self, int64_t chunks, int64_t dim, std::vector<Tensor>** out, int64_t* count) {
    return guard([&] {
        *out = new std::vector<Tensor>(self->chunk(chunks, dim));
        *count = static_cast<int64_t>((*out)->size());
    });
}
ET_API et_unbind(const Tensor* self, int64_t dim, std::vector<Tensor>** out, int64_t* count) {
    return guard([&] {
        *out = new std::vector<Tensor>(self->unbind(dim));
        *count = static_cast<int64_t>((*out)->size());
    });
}
ET_API et_list_take(std::vector<Tensor>* list, int64_t index, Tensor** out) {
    return guard([&] { *out = own(std::move(list->at(static_cast<size_t>(index)))); });
}
ET_API et_list_free(std::vector<Tensor>* list) { return guard([&] { delete list; }); }

// --- Picking elements -----------------------------------------------------------------------------------------------

ET_API et_index_select(const Tensor* self, int64_t dim, const Tensor* index, Tensor** out) {
    return guard([&] { *out = own(self->index_select(dim, *index)); });
}
ET_API et_gather(const Tensor* self, int64_t dim, const Tensor* index, Tensor** out) {
    return guard([&] { *out = own(self->gather(dim, *index)); });
}
ET_API et_scatter(const Tensor* self, int64_t dim, const Tensor* index, const Tensor* source, Tensor** out) {
    return guard([&] { *out = own(self->scatter(dim, *index, *source)); });
}
ET_API et_scatter_(Tensor* self, int64_t dim, const Tensor* index, const Tensor* source) {
    return guard([&] { self->scatter_(dim, *index, *source); });
}
ET_API et_scatter_add(const Tensor* self, int64_t dim, const Tensor* index, const Tensor* source, Tensor** out) {
    return guard([&] { *out = own(self->scatter_add(dim, *index, *source)); });
}
ET_API et_masked_fill(const Tensor* self, const Tensor* mask, EtScalar value, Tensor** out) {
    return guard([&] { *out = own(self->masked_fill(*mask, scalar(value))); });
}
ET_API et_masked_fill_(Tensor* self, const Tensor* mask, EtScalar value) {
    return guard([&] { self->masked_fill_(*mask, scalar(value)); });
}
ET_API et_where(const Tensor* condition, const Tensor* x, const Tensor* y, Tensor** out) {
    return guard([&] { *out = own(at::where(*condition, *x, *y)); });
}
ET_API et_bincount(const Tensor* self, const Tensor* weights, int64_t minimum, Tensor** out) {
    return guard([&] { *out = own(at::bincount(*self, maybe(weights), minimum)); });
}
