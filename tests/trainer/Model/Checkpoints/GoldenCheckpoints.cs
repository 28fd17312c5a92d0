using Edge.Trainer.Tests.Export;

namespace Edge.Trainer.Tests.Model.Checkpoints;

/// <summary>Files of a real PyTorch; tests/golden/regenerate-checkpoints.py made them.</summary>
internal static class GoldenCheckpoints
{
    public static string PathOf(string name) => Path.Combine(OnnxChecker.RepositoryRoot(), "tests", "golden", "checkpoints", name);
}
