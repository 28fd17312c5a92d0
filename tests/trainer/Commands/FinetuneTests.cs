using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Edge.Bundles;
using Edge.Bundles.Common;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Checkpoints;
using Edge.Trainer.Model.Lora;
using Edge.Trainer.Pipelines;
using Edge.Trainer.Reporting.Content;
using Edge.Trainer.Tests.Export;
using Edge.Trainer.Tests.Training.History;

namespace Edge.Trainer.Tests.Commands;

public sealed class FinetuneTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-finetune-").FullName;

    private string Data => Path.Combine(_folder, "data");

    [Fact]
    public async Task Finetune_ThenAdaptersThenExport_GiveABundleThatOpens()
    {
        TrainerProcess.WriteData(Data);
        var first =
            await Finetune("first", "--size", "64x2x128", "--pretraining-epochs", "2", "--epochs", "60", "--tensorboard",
                Path.Combine(_folder, "events"));
        Assert.True(first.Code == ExitCode.Done, first.Output);
        Assert.Contains("config.json has edge_relative_positions 16, which other readers (Hugging Face) ignore, so their outputs differ",
            first.Output, StringComparison.Ordinal);
        Assert.Contains("relativePositions 0 in --config", first.Output, StringComparison.Ordinal);
        var events = Directory.GetFiles(Path.Combine(_folder, "events", "training"));
        Assert.Contains("dev/score", EventFileReader.Read(Assert.Single(events)).Scalars.Select(scalar => scalar.Tag));
        Assert.All(
            new[] { "config.json", "model.safetensors", "vocab.txt", "tokenizer_config.json", ModelFolder.Task },
            file => Assert.True(File.Exists(Path.Combine(_folder, "first", file)), file));

        var positions = SafetensorsReader.Read(Path.Combine(_folder, "first", "model.safetensors"))
            .Single(entry => entry.Key.EndsWith("position_embeddings.weight", StringComparison.Ordinal)).Value;
        Assert.Equal(positions.Values[^64..], positions.Values[^128..^64]); // beyond the longest text, positions are not noise

        var config = Path.Combine(_folder, "adapters.json");
        File.WriteAllText(
            config, """{ "fineTuning": { "lora": { "rank": 4, "targets": ["query", "value", "output"], "eightBitBase": true } } }""");
        var second = await Finetune("second", "--init", Path.Combine(_folder, "first"), "--config", config, "--epochs", "20");
        Assert.True(second.Code == ExitCode.Done, second.Output);
        Assert.Contains("heads that start from it: intent, entities", second.Output, StringComparison.Ordinal);
        var adapter = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "second", ModelFolder.Lora, PeftFile.Config)))!;
        Assert.Equal(4, adapter["r"]!.GetValue<int>());

        var bundle = Path.Combine(_folder, "bundle");
        var export = await TrainerProcess.Run("export", "--model", Path.Combine(_folder, "second"), "--data", Data, "--out", bundle);
        Assert.True(export.Code == ExitCode.Done, export.Output);
        Assert.Contains(
            "fp32 file equals the trained student: largest difference of a logit intent ", export.Output, StringComparison.Ordinal);
        var parity = JsonNode.Parse(File.ReadAllText(Path.Combine(bundle, RunRecord.File)))!["parity"]!.AsObject();
        Assert.Equal(["entities", "intent"], parity.Select(head => head.Key).Order());
        Assert.All(parity, head => Assert.InRange(head.Value!.GetValue<double>(), 1e-9, LogitsParity.Tolerance));
        Assert.Equal(["fp16", "fp32", "int8"], BundleReader.Open(bundle).Manifest.Precisions.Keys.Order());

        File.WriteAllText(config, """{ "ngrams": { "enabled": false }, "data": { "cleaning": [{ "pattern": "lena" }] } }""");
        var plain = await TrainerProcess.Run(
            "export", "--model", Path.Combine(_folder, "second"), "--data", Data, "--out", bundle + "2", "--config", config);
        Assert.True(plain.Code == ExitCode.Done, plain.Output);
        Assert.Contains("Cleaning rule 1 (lena) would cut or remove entities", plain.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("n-grams:", plain.Output, StringComparison.Ordinal);

        File.WriteAllText(config, """{ "dynamic": true }""");
        var again = await TrainerProcess.Run("export", "--model", bundle, "--data", Data, "--out", bundle + "3", "--config", config);
        Assert.True(again.Code == ExitCode.Done, again.Output);
        Assert.Equal(["dynamic", "fp16", "fp32", "int8"], BundleReader.Open(bundle + "3").Manifest.Precisions.Keys.Order());
        Assert.Equal(File.ReadAllBytes(Path.Combine(bundle, BundleFiles.Model("fp32"))),
            File.ReadAllBytes(Path.Combine(bundle + "3", BundleFiles.Model("fp32"))));

        var third = await Finetune("third", "--init", bundle, "--freeze", "1", "--epochs", "1");
        Assert.True(third.Code == ExitCode.Done, third.Output);
    }

    // Half of the features of the value projections are a thousandth, and what reads them a thousand times as large: the same function, but
    // 8 bits lose the other half.
    [Theory]
    [InlineData(3, "quantization-aware training: ")]
    [InlineData(0, "in floats, now encoder/layer/")]
    public async Task Export_EightBitsLoseTooMuch_TriesMoreAndSaysWhat(int epochs, string line)
    {
        var model = await SpoiledModel(1000);
        var config = Path.Combine(_folder, "config.json");
        File.WriteAllText(config, $$"""{ "ngrams": { "enabled": false }, "quantizationAwareEpochs": {{epochs}} }""");

        var bundle = Path.Combine(_folder, "bundle");
        var export = await TrainerProcess.Run("export", "--model", model, "--data", Data, "--out", bundle, "--config", config);

        Assert.True(export.Code == ExitCode.Done, export.Output);
        Assert.Contains("int8: every MatMul in 8 bits: a head loses ", export.Output, StringComparison.Ordinal);
        Assert.Contains(line, export.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("to INT8", export.Output, StringComparison.Ordinal);
        Assert.Contains(line, File.ReadAllText(Path.Combine(bundle, RunRecord.File)), StringComparison.Ordinal);
        Assert.Contains(line, File.ReadAllText(Path.Combine(bundle, BundleFiles.Report)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OtherIntegersLoseTooMuch_KeepsProductsInFloats()
    {
        var model = await SpoiledModel(1000);
        var config = Path.Combine(_folder, "config.json");
        File.WriteAllText(config, """{ "ngrams": { "enabled": false }, "quantizationAwareEpochs": 0, "dynamic": true }""");

        var bundle = Path.Combine(_folder, "bundle");
        var export = await TrainerProcess.Run("export", "--model", model, "--data", Data, "--out", bundle, "--config", config);

        Assert.True(export.Code == ExitCode.Done, export.Output);
        Assert.Equal(["dynamic", "fp16", "fp32", "int8"], BundleReader.Open(bundle).Manifest.Precisions.Keys.Order());
        var record = File.ReadAllText(Path.Combine(bundle, RunRecord.File));
        Assert.Contains("dynamic: every MatMul in 8 bits: a head loses ", record, StringComparison.Ordinal);
        Assert.Contains("dynamic: 1 of 8 in floats, now encoder/layer/", record, StringComparison.Ordinal);
    }

    // The same function with values that are large and read by small weights: beyond 65,504 half precision knows infinity only.
    [Theory]
    [InlineData(1e-5f, "fp16: left out of the bundle: the model answered NaN")]
    [InlineData(1e-7f, "fp16: left out of the bundle: constant encoder.layer.0.attention.self.")]
    public async Task Export_HalfPrecisionCannotHoldIt_LeavesItOutAndSaysWhy(float factor, string line)
    {
        var model = await SpoiledModel(factor);
        var bundle = Path.Combine(_folder, "bundle");
        var export = await TrainerProcess.Run("export", "--model", model, "--data", Data, "--out", bundle);

        Assert.True(export.Code == ExitCode.Done, export.Output);
        var opened = BundleReader.Open(bundle);
        Assert.Equal(["fp32", "int8"], opened.Manifest.Precisions.Keys.Order());
        Assert.False(opened.Has(BundleFiles.Model(Precision.Fp16)));
        Assert.Contains(line, export.Output, StringComparison.Ordinal);
        Assert.Contains(line, File.ReadAllText(Path.Combine(bundle, RunRecord.File)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "{ }")]
    [InlineData("1", """{ "lora": { "rank": 4, "targets": ["query", "value", "output"], "eightBitBase": true } }""")]
    [InlineData("2", """{ "balance": "weights", "lora": { "rank": 4, "dropout": 0.2 }, "frozenLayers": 1 }""")]
    [InlineData("3", """{ "balance": "sampling" }""")]
    public async Task Finetune_Killed_EndsWithTheWeightsOfAnUninterruptedTraining(string replicas, string fineTuning)
    {
        TrainerProcess.WriteData(Data);
        var config = Path.Combine(_folder, "recipe.json");
        File.WriteAllText(config, $$"""{ "teacher": { "batchSize": 8, "patience": 99 }, "fineTuning": {{fineTuning}} }""");
        string[] options = ["--size", "48x2x96", "--pretraining-epochs", "2", "--epochs", "10", "--config", config, "--threads", "1",
            "--replicas", replicas, "--checkpoint-minutes", "0"];
        var whole = await Finetune("whole", options);
        Assert.True(whole.Code == ExitCode.Done, whole.Output);
        await TrainerProcess.RunAndKillAt(
            "training: 60 %", ["finetune", "--data", Data, "--out", Path.Combine(_folder, "resumed"), .. options]);
        var resumed = await Finetune("resumed", [.. options, "--resume"]);

        Assert.True(resumed.Code == ExitCode.Done, resumed.Output);
        Assert.Contains("keeps 2 phases", resumed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("training: 50 %", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(Hash("whole"), Hash("resumed"));
        var adapter = Path.Combine(ModelFolder.Lora, PeftFile.Weights);
        Assert.Equal(fineTuning.Contains("lora", StringComparison.Ordinal), File.Exists(Path.Combine(_folder, "whole", adapter)));
        if (File.Exists(Path.Combine(_folder, "whole", adapter)))
            Assert.Equal(
                File.ReadAllBytes(Path.Combine(_folder, "whole", adapter)), File.ReadAllBytes(Path.Combine(_folder, "resumed", adapter)));
    }

    [Fact]
    public async Task Finetune_TwoReplicas_LearnsWhatOneDoes()
    {
        TrainerProcess.WriteData(Data);
        var config = Path.Combine(_folder, "exact.json");
        File.WriteAllText(config,
            """{ "dropout": 0, "bFloat16": "off", "relativePositions": 0, "teacher": { "wordDropout": 0 }, "augmentation": { "entitySubstitution": 0 } }""");
        foreach (var replicas in new[] { "1", "2" })
        {
            var run = await Finetune(
                replicas, "--size", "32x1x64", "--pretraining-epochs", "0", "--epochs", "3", "--config", config, "--replicas", replicas);
            Assert.True(run.Code == ExitCode.Done, run.Output);
            Assert.DoesNotContain("edge_relative_positions", run.Output, StringComparison.Ordinal); // a plain BERT
        }

        var (one, two) = (Heads("1"), Heads("2"));
        Assert.Equal(4, one.Count);
        Assert.All(one,
            head => Assert.All(head.Value.Values.Zip(two[head.Key].Values), pair => Assert.Equal(pair.First, pair.Second, 1e-4f)));
    }

    [Fact]
    public async Task Finetune_ManyBadOptions_NamesAllInOneMessage()
    {
        var run = await TrainerProcess.Run(
            "finetune", "--data", Data, "--out", _folder, "--init", "/nowhere", "--epochs", "0", "--pretraining-epochs", "-1", "--freeze",
            "-1", "--seed", "-1");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.All(
            new[]
            {
                "--data", "--init /nowhere", "--epochs is 0", "--pretraining-epochs is -1", "fineTuning.frozenLayers is -1", "--seed is -1"
            },
            problem => Assert.Contains(problem, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Export_NoModel_SaysWhatIsMissing()
    {
        var run = await TrainerProcess.Run(
            "export", "--model", _folder, "--data", "/nowhere", "--out", Path.Combine(_folder, "bundle"), "--threads", "0");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("there is no task.json and no manifest.json; name a folder that edge-trainer finetune wrote, or a bundle",
            run.Output, StringComparison.Ordinal);
        Assert.Contains("--data /nowhere", run.Output, StringComparison.Ordinal);
        Assert.Contains("--threads is 0", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<(int Code, string Output)> Finetune(string name, params string[] options) =>
        TrainerProcess.Run(["finetune", "--data", Data, "--out", Path.Combine(_folder, name), .. options]);

    private Dictionary<string, WeightTensor> Heads(string name) =>
        SafetensorsReader.Read(Path.Combine(_folder, name, "model.safetensors"))
            .Where(entry => entry.Key.StartsWith("heads.", StringComparison.Ordinal)).ToDictionary();

    // A trained model whose value projections are small by a factor in half of their features, and what reads them is as much larger.
    private async Task<string> SpoiledModel(float factor)
    {
        TrainerProcess.WriteData(Data);
        var clean = Path.Combine(_folder, "clean.json"); // what learns on noise is not so easily spoiled
        File.WriteAllText(clean,
            """{ "augmentation": { "neutralClauses": 0, "fillers": 0, "homophones": 0, "droppedCharacters": 0, "doubledCharacters": 0 } }""");
        var trained = await Finetune("model", "--size", "64x2x128", "--pretraining-epochs", "2", "--epochs", "60", "--config", clean);
        Assert.True(trained.Code == ExitCode.Done, trained.Output);
        var model = Path.Combine(_folder, "model");
        var file = Path.Combine(model, "model.safetensors");
        var weights = SafetensorsReader.Read(file).ToDictionary(StringComparer.Ordinal);
        for (var layer = 0; layer < 2; layer++)
            Students.Spoil(weights, layer, feature => feature % 2 == 0, factor);
        SafetensorsWriter.Write(file, weights);
        return model;
    }

    private string Hash(string name) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder, name, "model.safetensors"))));
}
