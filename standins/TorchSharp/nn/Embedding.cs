using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        private const string WeightName = "weight";

        private readonly long _padding;
        private readonly double? _maxNorm;
        private readonly double _normType;
        private readonly bool _byFrequency;
        private readonly bool _sparse;

        internal Embedding(
            Tensor weight, bool train, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse)
            : base(nameof(Embedding))
        {
            var rows = weight.shape[0];
            // As in PyTorch: a negative index counts from the end; -1 to the native side means none.
            _padding = padding_idx is null ? -1 : padding_idx.Value < 0 ? padding_idx.Value + rows : padding_idx.Value;
            _maxNorm = max_norm;
            _normType = norm_type;
            _byFrequency = scale_grad_by_freq;
            _sparse = sparse;
            register_parameter(WeightName, (Parameter)new Parameter(weight, train).DetachFromDisposeScope());
        }

        private Parameter Registered => _internal_params[WeightName];

        /// <summary>A new wrapper of the registered weight at each reading: the same tensor, trainable and tied.</summary>
        public unsafe Parameter? weight
        {
            get
            {
                nint result;
                Call.Check(NativeMethods.et_share(Registered.Handle, &result));
                GC.KeepAlive(this);
                return new Parameter(result);
            }

            set
            {
                ArgumentNullException.ThrowIfNull(value);
                ConditionallyRegisterParameter(WeightName, value);
            }
        }

        public override unsafe Tensor forward(Tensor input)
        {
            var weight = Registered;
            nint result;
            var status = 0;
            if (_maxNorm is not null)
                status = NativeMethods.et_embedding_renorm_(weight.Handle, input.Handle, _maxNorm.Value, _normType);
            Call.Check(status);
            status = NativeMethods.et_embedding(weight.Handle, input.Handle, _padding, _byFrequency ? 1 : 0, _sparse ? 1 : 0, &result);
            GC.KeepAlive(weight);
            GC.KeepAlive(input);
            Call.Check(status);
            return new Tensor(result);
        }

        /// <summary>Unlike other modules an embedding keeps its Parameter object when it moves, as in the real package.</summary>
        protected override void MoveOwn(Device? device, ScalarType? dtype)
        {
            var weight = Registered;
            using var guard = no_grad();
            using var moved = weight.to(dtype ?? weight.dtype, device ?? weight.device);
            Call.Check(NativeMethods.et_set_data(weight.Handle, moved.Handle));
            GC.KeepAlive(weight);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Embedding Embedding(
                long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                var weight = empty(num_embeddings, embedding_dims, dtype, device);
                init.normal_(weight);
                if (padding_idx is not null)
                {
                    using var guard = no_grad();
                    using var row = weight.select(0, padding_idx.Value);
                    row.zero_();
                }
                return new Modules.Embedding(weight, true, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
            }

            public static Modules.Embedding Embedding_from_pretrained(
                Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null) =>
                new(embeddings.to(dtype ?? embeddings.dtype, device ?? embeddings.device, copy: true).detach(),
                    !freeze, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
        }
    }
}
