using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            protected DeviceType _deviceType = DeviceType.CPU;
            protected int _deviceIndex = -1;

            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                CheckType(dtype);
                Move(InitializeDevice(device), dtype);
                return this;
            }

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                if (deviceType != DeviceType.CUDA)
                    deviceIndex = -1;
                if (deviceType == _deviceType && deviceIndex == _deviceIndex)
                    return this;
                Move(InitializeDevice(new Device(deviceType, deviceIndex)), null);
                return this;
            }

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                CheckType(dtype);
                Move(null, dtype);
                return this;
            }

            /// <summary>
            /// Replaces what has to change: the module gets new Parameter objects and the old ones are disposed, so that an
            /// optimizer made before no longer knows them.
            /// </summary>
            protected virtual void MoveOwn(Device? device, ScalarType? dtype)
            {
                var fields = FieldsOf(GetType()).ToDictionary(NameOf);
                // The real package looks properties up by name and so cannot move a module with two indexers: ModuleDict is one.
                // That must show here as well, or the product would learn it on a GPU only.
                _ = GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(property => property.Name);
                foreach (var (own, parameter) in named_parameters(false).ToList())
                {
                    if (!Replacement(dtype, device, parameter, out var replacement))
                        continue;
                    parameter.Dispose();
                    _internal_params[own] = replacement!;
                    SetField(fields, own, replacement!);
                }
                foreach (var (own, buffer) in named_buffers(false).ToList())
                {
                    if (!Replacement(dtype, device, buffer, out var replacement))
                        continue;
                    _internal_buffers[own] = (replacement!, _internal_buffers[own].Persistent);
                    SetField(fields, own, replacement!);
                }
            }

            protected static bool Replacement(ScalarType? dtype, Device? device, Parameter parameter, out Parameter? replacement)
            {
                replacement = null;
                var type = TargetType(dtype, parameter);
                var place = device ?? parameter.device;
                if (!parameter.ToWillCopy(type, place))
                    return false;
                using var guard = no_grad();
                using var grad = parameter.grad;
                replacement = new Parameter(parameter.to(type, place), parameter.requires_grad);
                replacement.DetachFromDisposeScope();
                if (grad is not null)
                {
                    using var moved = grad.to(type, place);
                    replacement.grad = moved;
                }
                return true;
            }

            private static bool Replacement(ScalarType? dtype, Device? device, Tensor buffer, out Tensor? replacement)
            {
                replacement = null;
                var type = TargetType(dtype, buffer);
                var place = device ?? buffer.device;
                if (!buffer.ToWillCopy(type, place))
                    return false;
                replacement = buffer.to(type, place, disposeAfter: true).DetachFromDisposeScope();
                return true;
            }

            private static ScalarType TargetType(ScalarType? dtype, Tensor tensor) =>
                dtype is not null && (tensor.is_floating_point() || tensor.is_complex()) ? dtype.Value : tensor.dtype;

            private static void CheckType(ScalarType dtype)
            {
                if (!is_floating_point(dtype) && !is_complex(dtype))
                    throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got desired dtype={dtype}");
            }

            private void SetField(Dictionary<string, FieldInfo> fields, string own, Tensor value)
            {
                if (fields.TryGetValue(own, out var field) && field.FieldType.IsInstanceOfType(value))
                    field.SetValue(this, value);
            }

            private void Move(Device? device, ScalarType? dtype)
            {
                foreach (var (_, module) in named_children())
                {
                    if (device is null)
                        module._to(dtype!.Value, false);
                    else if (dtype is null)
                        module._to(device.type, device.index, false);
                    else
                        module._to(device, dtype.Value, false);
                }
                MoveOwn(device, dtype);
                if (device is not null)
                    (_deviceType, _deviceIndex) = (device.type, device.index);
            }
        }
    }
}
