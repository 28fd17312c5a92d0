using System.Reflection;
using Microsoft.ML.OnnxRuntime;

namespace Edge.Bundles.Tests.Inference;

public sealed class OnnxRuntimePackageTests
{
    /// <summary>They come in packages of their own, and for CUDA the versions are pinned apart.</summary>
    [Fact]
    public void NativeLibrary_Version_IsThatOfTheManagedPart()
    {
        var managed = typeof(OrtEnv).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

        Assert.Equal(managed.Split('+', '-')[0], OrtEnv.Instance().GetVersionString());
    }
}
