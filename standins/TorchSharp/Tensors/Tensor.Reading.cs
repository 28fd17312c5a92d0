using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements, which must be of type <typeparamref name="T"/>; copied to the CPU first where they are elsewhere.</summary>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ValidateType(typeof(T));
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
                throw new ArgumentException("Number of elements in the tensor must be 1");
            ValidateType(typeof(T));
            if (device_type == DeviceType.CPU)
                return TensorAccessor<T>.First(this);
            using var here = cpu();
            return TensorAccessor<T>.First(here);
        }

        public unsafe Scalar ToScalar()
        {
            long integer = 0;
            double real = 0;
            int isReal;
            var type = dtype;
            var status = NativeMethods.et_item(Handle, &integer, &real, &isReal);
            GC.KeepAlive(this);
            Call.Check(status);
            return isReal != 0 ? real : type == ScalarType.Bool ? integer != 0 : integer;
        }

        /// <summary>The memory of a contiguous CPU tensor. The span is valid as long as the tensor is.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_contiguous())
                    throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
                if (device_type != DeviceType.CPU)
                    throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
                return new Span<byte>((void*)DataPointer(), checked((int)(numel() * element_size())));
            }

            set
            {
                if (!is_contiguous())
                    throw new InvalidOperationException("SetBytes() called on non-contiguous tensor.");
                if (numel() * element_size() != value.Length)
                    throw new ArgumentException("Mismatched data sizes in SetBytes().");
                value.CopyTo(bytes);
            }
        }

        internal void ValidateType(Type type)
        {
            var mine = dtype;
            if (mine == ScalarType.BFloat16)
                throw new ArgumentException($"No support for {mine} in TorchSharp");
            if (ToScalarType(type) != mine)
                throw new ArgumentException($"{type.Name} is not compatible with {mine}");
        }

        /// <summary>Writes the elements in row-major order, as they lie in memory, in pieces that a stream can take.</summary>
        internal unsafe void WriteTo(Stream stream)
        {
            using var source = contiguous();
            var left = source.numel() * source.element_size();
            var pointer = (byte*)source.DataPointer();
            while (left > 0)
            {
                var piece = (int)Math.Min(left, 1 << 24);
                stream.Write(new ReadOnlySpan<byte>(pointer, piece));
                pointer += piece;
                left -= piece;
            }
            GC.KeepAlive(source);
        }

        /// <summary>The counterpart of <see cref="WriteTo"/>, for a contiguous CPU tensor.</summary>
        internal unsafe void ReadFrom(Stream stream)
        {
            var left = numel() * element_size();
            var pointer = (byte*)DataPointer();
            while (left > 0)
            {
                var piece = (int)Math.Min(left, 1 << 24);
                stream.ReadExactly(new Span<byte>(pointer, piece));
                pointer += piece;
                left -= piece;
            }
            GC.KeepAlive(this);
        }
    }
}
