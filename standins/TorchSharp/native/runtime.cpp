// The process and the thread: errors, warnings, devices, threads, seeds, gradient modes.
#include "edge_torch.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <c10/util/Exception.h>
#include <torch/cuda.h>

#include <mutex>
#include <string>
#include <type_traits>

namespace {

thread_local std::string last_error;

// Debian's libtorch writes C++ warnings through glog to stderr, in the middle of a progress bar.
class SilentWarnings final : public c10::WarningHandler {
public:
#if TORCH_VERSION_MAJOR >= 2
    void process(const c10::Warning&) override {}
#else
    void process(const c10::SourceLocation&, const std::string&, const bool) override {}
#endif
};

// Reduced precision in FP16 products is a bool in most versions and an enumeration in the newest, set by two arguments.
template <class T>
bool is_reduced(T option) {
    if constexpr (std::is_same_v<T, bool>) return option;
    else return option == T::AllowReducedPrecisionWithSplitK;
}

template <class C>
auto set_reduced(C& context, bool value, int) -> decltype(context.setAllowFP16ReductionCuBLAS(value, true)) {
    context.setAllowFP16ReductionCuBLAS(value, true);
}

template <class C>
void set_reduced(C& context, bool value, long) {
    context.setAllowFP16ReductionCuBLAS(value);
}

} // namespace

void et_set_error(const char* message) noexcept {
    try {
        last_error = message;
    } catch (...) {
        last_error.clear();
    }
}

// libtorch keeps the warning handler per thread, so each thread sets it on its first entry.
void et_prepare_thread() noexcept {
    thread_local bool prepared = false;
    if (prepared) return;
    prepared = true;
    static SilentWarnings silent;
#if TORCH_VERSION_MAJOR >= 2
    c10::WarningUtils::set_warning_handler(&silent);
#else
    c10::Warning::set_warning_handler(&silent);
#endif
}

extern "C" __attribute__((visibility("default"))) const char* et_last_error() { return last_error.c_str(); }

ET_API et_cuda_is_available(int32_t* out) { return guard([&] { *out = torch::cuda::is_available() ? 1 : 0; }); }
ET_API et_cudnn_is_available(int32_t* out) { return guard([&] { *out = torch::cuda::cudnn_is_available() ? 1 : 0; }); }
ET_API et_cuda_device_count(int64_t* out) { return guard([&] { *out = static_cast<int64_t>(torch::cuda::device_count()); }); }
ET_API et_cuda_synchronize(int64_t index) { return guard([&] { torch::cuda::synchronize(index); }); }
ET_API et_cuda_manual_seed(int64_t seed, int32_t all) {
    return guard([&] {
        if (all != 0) torch::cuda::manual_seed_all(static_cast<uint64_t>(seed));
        else torch::cuda::manual_seed(static_cast<uint64_t>(seed));
    });
}

// Switches of the process: 0 TF32 in matrix products, 1 TF32 in cuDNN, 2 reduced precision in FP16 matrix products,
// 3 and 4 the flash and the plain kernel of scaled_dot_product_attention.
ET_API et_get_switch(int32_t which, int32_t* out) {
    return guard([&] {
        auto& context = at::globalContext();
        switch (which) {
            case 0: *out = context.allowTF32CuBLAS() ? 1 : 0; break;
            case 1: *out = context.allowTF32CuDNN() ? 1 : 0; break;
            case 2: *out = is_reduced(context.allowFP16ReductionCuBLAS()) ? 1 : 0; break;
            case 3: *out = context.userEnabledFlashSDP() ? 1 : 0; break;
            default: *out = context.userEnabledMathSDP() ? 1 : 0; break;
        }
    });
}

ET_API et_set_switch(int32_t which, int32_t value) {
    return guard([&] {
        auto& context = at::globalContext();
        switch (which) {
            case 0: context.setAllowTF32CuBLAS(value != 0); break;
            case 1: context.setAllowTF32CuDNN(value != 0); break;
            case 2: set_reduced(context, value != 0, 0); break;
            case 3: context.setSDPUseFlash(value != 0); break;
            default: context.setSDPUseMath(value != 0); break;
        }
    });
}

// The version of libtorch that the shim was compiled against.
extern "C" __attribute__((visibility("default"))) const char* et_version() { return TORCH_VERSION; }

ET_API et_get_num_threads(int32_t* out) { return guard([&] { *out = at::get_num_threads(); }); }
ET_API et_set_num_threads(int32_t count) { return guard([&] { at::set_num_threads(count); }); }
ET_API et_get_num_interop_threads(int32_t* out) { return guard([&] { *out = at::get_num_interop_threads(); }); }
ET_API et_set_num_interop_threads(int32_t count) { return guard([&] { at::set_num_interop_threads(count); }); }

// Gradient modes belong to the calling thread.
ET_API et_grad_enabled(int32_t* out) { return guard([&] { *out = c10::GradMode::is_enabled() ? 1 : 0; }); }
ET_API et_set_grad_enabled(int32_t value) { return guard([&] { c10::GradMode::set_enabled(value != 0); }); }
ET_API et_inference_enabled(int32_t* out) { return guard([&] { *out = c10::InferenceMode::is_enabled() ? 1 : 0; }); }
ET_API et_inference_enter(int32_t value, c10::InferenceMode** out) {
    return guard([&] { *out = new c10::InferenceMode(value != 0); });
}
ET_API et_inference_leave(c10::InferenceMode* mode) { return guard([&] { delete mode; }); }

ET_API et_manual_seed(int64_t seed) { return guard([&] { at::manual_seed(static_cast<uint64_t>(seed)); }); }
ET_API et_generator_default(at::Generator** out) {
    return guard([&] { *out = new at::Generator(at::detail::getDefaultCPUGenerator()); });
}
ET_API et_generator_new(int64_t seed, int32_t device_type, int32_t device_index, at::Generator** out) {
    return guard([&] {
        if (device_type != static_cast<int32_t>(at::kCPU)) {
            auto fresh = at::globalContext().defaultGenerator(device_of(device_type, device_index)).clone();
            fresh.set_current_seed(static_cast<uint64_t>(seed));
            *out = new at::Generator(fresh);
        } else {
            *out = new at::Generator(at::detail::createCPUGenerator(static_cast<uint64_t>(seed)));
        }
    });
}
ET_API et_generator_free(at::Generator* generator) { return guard([&] { delete generator; }); }
ET_API et_generator_seed(at::Generator* generator, int64_t seed) {
    return guard([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        generator->set_current_seed(static_cast<uint64_t>(seed));
    });
}
ET_API et_generator_initial_seed(at::Generator* generator, int64_t* out) {
    return guard([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        *out = static_cast<int64_t>(generator->current_seed());
    });
}
ET_API et_generator_get_state(at::Generator* generator, Tensor** out) {
    return guard([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        *out = own(generator->get_state());
    });
}
ET_API et_generator_set_state(at::Generator* generator, const Tensor* state) {
    return guard([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        generator->set_state(*state);
    });
}
