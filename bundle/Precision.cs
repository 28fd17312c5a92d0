namespace Edge.Bundles;

/// <summary>Names of the precisions.</summary>
public static class Precision
{
    /// <summary>32-bit floats, standard operators: runs anywhere.</summary>
    public const string Fp32 = "fp32";

    /// <summary>16-bit floats, for CUDA.</summary>
    public const string Fp16 = "fp16";

    /// <summary>8-bit integers in ONNX Runtime's own operators, for CPU.</summary>
    public const string Int8 = "int8";

    /// <summary>
    /// 8-bit integers in standard operators with scales found in every run, for ONNX Runtime's CPU provider in other programs.
    /// </summary>
    public const string Dynamic = "dynamic";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Fp32, Fp16, Int8, Dynamic];
}
