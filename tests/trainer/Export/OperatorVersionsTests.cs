using Edge.Trainer.Export.Graph;

namespace Edge.Trainer.Tests.Export;

public class OperatorVersionsTests
{
    [Fact]
    public void Since_EveryStandardOperator_IsWhatTheOnnxPackageSays()
    {
        Assert.SkipUnless(OnnxChecker.IsAvailable, "python3-onnx is not installed");
        var standard =
            OperatorVersions.Since.Where(entry => entry.Key.Domain.Length == 0).Select(entry => (entry.Key.Operator, entry.Value)).ToList();

        var found = OnnxChecker.SinceVersions(standard.Select(entry => entry.Operator), GraphBuilder.Opset);

        Assert.Equal(found.Zip(standard, (since, entry) => (entry.Operator, since)), standard);
    }
}
