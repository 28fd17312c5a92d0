using System.Runtime.CompilerServices;
using Edge.Bundles.Inference;

namespace Edge.Tests.Support;

/// <summary>Tests load ONNX Runtime without asking the bundle's code first, and start programs that load it.</summary>
internal static class NoTelemetry
{
    [ModuleInitializer]
    internal static void TurnOff() => RuntimeTelemetry.TurnOff();
}
