// Layers, losses, autograd, and clipping of gradients.
#include "edge_torch.h"

#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <cmath>

// --- Layers ---------------------------------------------------------------------------------------------------------

ET_API et_linear(const Tensor* input, const Tensor* weight, const Tensor* bias, Tensor** out) {
    return guard([&] { *out = own(at::linear(*input, *weight, maybe(bias))); });
}
ET_API et_embedding(const Tensor* weight, const Tensor* indices, int64_t padding, int32_t by_frequency, int32_t sparse, Tensor** out) {
    return guard([&] { *out = own(at::embedding(*weight, *indices, padding, by_frequency != 0, sparse != 0)); });
}
ET_API et_embedding_renorm_(Tensor* weight, const Tensor* indices, double max_norm, double norm_type) {
    return guard([&] {
        c10::AutoGradMode no_grad(false);
        at::embedding_renorm_(*weight, indices->contiguous(), max_norm, norm_type);
    });
}
ET_API et_layer_norm(
    const Tensor* input, const int64_t* dims, int64_t count, const Tensor* weight, const Tensor* bias, double eps, Tensor** out) {
    return guard([&] { *out = own(at::layer_norm(*input, ints(dims, count), maybe(weight), maybe(bias), eps)); });
}
ET_API et_dropout(const Tensor* input, double p, int32_t training, Tensor** out) {
    return guard([&] { *out = own(at::dropout(*input, p, training != 0)); });
}
ET_API et_dropout_(Tensor* input, double p, int32_t training) {
    return guard([&] { at::dropout_(*input, p, training != 0); });
}
ET_API et_pad(const Tensor* input, const int64_t* pads, int64_t count, double value, Tensor** out) {
    return guard([&] { *out = own(at::constant_pad_nd(*input, ints(pads, count), value)); });
}
ET_API et_attention(
    const Tensor* query, const Tensor* key, const Tensor* value, const Tensor* mask, double p, int32_t causal, Tensor** out) {
    return guard([&] {
#if TORCH_VERSION_MAJOR >= 2
        *out = own(at::scaled_dot_product_attention(*query, *key, *value, maybe(mask), p, causal != 0));
#else
        *out = own(std::get<0>(at::_scaled_dot_product_attention(*query, *key, *value, maybe(mask), p, false, causal != 0)));
#endif
    });
}

// --- Losses. reduction: 0 none, 1 mean, 2 sum, as in ATen ------------------------------------------------------------

ET_API et_cross_entropy(
    const Tensor* input, const Tensor* target, const Tensor* weight, int64_t reduction, int64_t ignore, double smoothing, Tensor** out) {
    return guard([&] { *out = own(at::cross_entropy_loss(*input, *target, maybe(weight), reduction, ignore, smoothing)); });
}
ET_API et_nll_loss(
    const Tensor* input, const Tensor* target, const Tensor* weight, int64_t reduction, int64_t ignore, Tensor** out) {
    return guard([&] { *out = own(at::nll_loss_nd(*input, *target, maybe(weight), reduction, ignore)); });
}
ET_API et_mse_loss(const Tensor* input, const Tensor* target, int64_t reduction, Tensor** out) {
    return guard([&] { *out = own(at::mse_loss(*input, *target, reduction)); });
}
ET_API et_kl_div(const Tensor* input, const Tensor* target, int64_t reduction, int32_t log_target, Tensor** out) {
    return guard([&] { *out = own(at::kl_div(*input, *target, reduction, log_target != 0)); });
}
ET_API et_bce_with_logits(
    const Tensor* input, const Tensor* target, const Tensor* weight, const Tensor* pos_weight, int64_t reduction, Tensor** out) {
    return guard([&] {
        *out = own(at::binary_cross_entropy_with_logits(*input, *target, maybe(weight), maybe(pos_weight), reduction));
    });
}
ET_API et_bce(const Tensor* input, const Tensor* target, const Tensor* weight, int64_t reduction, Tensor** out) {
    return guard([&] { *out = own(at::binary_cross_entropy(*input, *target, maybe(weight), reduction)); });
}
ET_API et_l1_loss(const Tensor* input, const Tensor* target, int64_t reduction, Tensor** out) {
    return guard([&] { *out = own(at::l1_loss(*input, *target, reduction)); });
}

// --- Autograd -------------------------------------------------------------------------------------------------------

ET_API et_backward(
    const Tensor* self, const Tensor* const* grads, int64_t grad_count, int32_t retain, int32_t create,
    const Tensor* const* inputs, int64_t input_count) {
    return guard([&] {
        torch::autograd::backward({*self}, list_of(grads, grad_count),
            Optional<bool>(retain != 0 || create != 0), create != 0, list_of(inputs, input_count));
    });
}
// One result per input; null where the input was not used and allow_unused is set.
ET_API et_grad_of(
    const Tensor* const* outputs, int64_t output_count, const Tensor* const* inputs, int64_t input_count,
    const Tensor* const* grads, int64_t grad_count, int32_t retain, int32_t create, int32_t allow_unused, Tensor** out) {
    return guard([&] {
        auto result = torch::autograd::grad(list_of(outputs, output_count), list_of(inputs, input_count),
            list_of(grads, grad_count), Optional<bool>(retain != 0 || create != 0), create != 0, allow_unused != 0);
        for (size_t i = 0; i < result.size(); i++) out[i] = result[i].defined() ? own(result[i]) : nullptr;
    });
}
ET_API et_grad(const Tensor* self, Tensor** out) {
    return guard([&] {
        const auto& grad = self->grad();
        *out = grad.defined() ? own(grad) : nullptr;
    });
}
ET_API et_set_grad(Tensor* self, const Tensor* grad) {
    return guard([&] { self->mutable_grad() = grad == nullptr ? Tensor() : *grad; });
}
// Another content for the same tensor object, its type and device included: what refers to the parameter goes on doing so.
ET_API et_set_data(Tensor* self, const Tensor* data) {
    return guard([&] {
        auto grad = self->grad();
        self->mutable_grad().reset();
        self->set_data(*data);
        if (grad.defined()) self->mutable_grad() = grad.to(data->options());
    });
}
ET_API et_retain_grad(Tensor* self) { return guard([&] { self->retain_grad(); }); }

// --- Lists of parameters --------------------------------------------------------------------------------------------

ET_API et_zero_grads(Tensor* const* parameters, int64_t count, int32_t to_none) {
    return guard([&] {
        c10::AutoGradMode no_grad(false);
        for (int64_t i = 0; i < count; i++) {
            auto& grad = parameters[i]->mutable_grad();
            if (!grad.defined()) continue;
            if (to_none != 0) grad.reset();
            else grad.zero_();
        }
    });
}

ET_API et_clip_grad_norm_(Tensor* const* parameters, int64_t count, double max_norm, double norm_type, double* out) {
    return guard([&] {
        c10::AutoGradMode no_grad(false);
        std::vector<Tensor> norms;
        for (int64_t i = 0; i < count; i++) {
            const auto& grad = parameters[i]->grad();
            if (grad.defined()) norms.push_back(at::norm(grad, norm_type));
        }
        *out = 0;
        if (norms.empty()) return;
        const auto device = norms[0].device();
        for (auto& norm : norms) norm = norm.to(device, at::kFloat);
        const auto all = at::stack(norms);
        *out = (std::isinf(norm_type) ? all.max() : at::norm(all, norm_type)).item().toDouble();
        const auto factor = max_norm / (*out + 1e-6);
        if (!(factor < 1)) return;
        for (int64_t i = 0; i < count; i++) {
            auto& grad = parameters[i]->mutable_grad();
            if (grad.defined()) grad.mul_(factor);
        }
    });
}

ET_API et_clip_grad_value_(Tensor* const* parameters, int64_t count, double limit) {
    return guard([&] {
        c10::AutoGradMode no_grad(false);
        for (int64_t i = 0; i < count; i++) {
            auto& grad = parameters[i]->mutable_grad();
            if (grad.defined()) grad.clamp_(-limit, limit);
        }
    });
}
