using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>One position of an index expression.</summary>
    public struct TensorIndex
    {
        public static TensorIndex None = new(new NativeIndex { Kind = 0 });
        public static TensorIndex Null = new(new NativeIndex { Kind = 0 });
        public static TensorIndex Ellipsis = new(new NativeIndex { Kind = 1 });
        public static TensorIndex Colon = Slice();

        private readonly NativeIndex _index;
        private readonly Tensor? _tensor;

        private TensorIndex(NativeIndex index, Tensor? tensor = null) => (_index, _tensor) = (index, tensor);

        // The handle is read when it is used, so that an index made of a disposed tensor says so.
        internal readonly NativeIndex Native
        {
            get
            {
                var native = _index;
                if (_tensor is not null)
                    native.Tensor = _tensor.Handle;
                return native;
            }
        }

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(new NativeIndex
        {
            Kind = 4,
            Start = start ?? NativeIndex.Absent,
            Stop = stop ?? NativeIndex.Absent,
            Step = step ?? NativeIndex.Absent,
        });

        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        public static TensorIndex Bool(bool value) => new(new NativeIndex { Kind = 3, Start = value ? 1 : 0 });

        public static TensorIndex Single(long? index) => new(new NativeIndex { Kind = 2, Start = index ?? 0 });

        public static TensorIndex Tensor(Tensor tensor) => new(new NativeIndex { Kind = 5 }, tensor);

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        // Makes `t[index]` choose the overload of TensorIndex where both could be meant.
        public static implicit operator Tensor(TensorIndex value) => throw new InvalidOperationException("Should not be called.");
    }
}
