using Edge.Bundles;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;

namespace Edge.Bundle.Tests.Support;

/// <summary>A small bundle without a real model.</summary>
internal static class SmallBundle
{
    public static BundleManifest Draft { get; } = new()
    {
        Task = new TaskDefinition
        {
            Heads =
            [
                new HeadDefinition { Name = "intent", Kind = HeadKind.Single, Labels = ["查物流", "退款"] },
                new HeadDefinition { Name = "suitability", Kind = HeadKind.Score },
            ],
        },
        Tokenizer = new TokenizerSettings(),
        Precisions = new Dictionary<string, PrecisionEntry>
        {
            [Precision.Int8] = new() { File = "model.int8.onnx", Temperatures = new Dictionary<string, float> { ["intent"] = 1.5f } },
        },
    };

    public static void Fill(string folder)
    {
        File.Copy(Repository.Golden("tokens.vocab.txt"), Path.Combine(folder, BundleFiles.Vocabulary));
        File.WriteAllBytes(Path.Combine(folder, BundleFiles.Model(Precision.Int8)), [1, 2, 3]);
    }

    public static string Write(TemporaryFolder folder)
    {
        BundleWriter.Write(folder.File("bundle"), Draft, Fill);
        return folder.File("bundle");
    }
}
