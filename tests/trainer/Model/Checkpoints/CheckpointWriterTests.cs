using System.Text.Json.Nodes;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Checkpoints;
using Edge.Trainer.Training.MaskedLanguage;

namespace Edge.Trainer.Tests.Model.Checkpoints;

[Collection(MicroTask.Collection)]
public sealed class CheckpointWriterTests : IDisposable
{
    private readonly CheckpointFolder _source = new();

    private string Out => _source.At("../written");

    [Fact]
    public void Open_WhatWasWritten_HasBitEqualTensorsAndTheSameSettings()
    {
        var settings = new TokenizerSettings { LowerCase = false, StripAccents = true, SplitHan = false };
        var config = CheckpointFolder.Sizes with { VocabularySize = 97, Pooling = Pooling.Mean, DropoutRate = 0.25 };
        CheckpointWriter.Write(Out, config, CheckpointFolder.Weights, null, GivenVocabulary.Read(_source.At("vocab.txt"), settings));
        var checkpoint = Checkpoint.Open(Out);

        Assert.Equal(config, checkpoint.Config);
        Assert.Equal(settings, checkpoint.Vocabulary.Settings);
        Assert.Equal(File.ReadAllBytes(_source.At("vocab.txt")), File.ReadAllBytes(Path.Combine(Out, "vocab.txt")));
        Assert.Empty(checkpoint.Missing);
        Assert.Empty(checkpoint.Unexpected);
        var read = SafetensorsReader.Read(Path.Combine(Out, "model.safetensors"));
        Assert.Equal(CheckpointFolder.Weights.Keys.Order(), read.Keys.Order());
        foreach (var (name, weight) in CheckpointFolder.Weights)
        {
            Assert.Equal(weight.Shape, read[name].Shape);
            Assert.Equal(weight.Values.Select(BitConverter.SingleToInt32Bits), read[name].Values.Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Fact]
    public void Write_WithHead_HasTheNamesOfBertForMaskedLm()
    {
        using var compute = new BertCompute(false, 1);
        using var head = new MaskedWordHead(CheckpointFolder.Sizes with { VocabularySize = 95 }, compute);
        var encoder = CheckpointFolder.Weights.Where(entry => !entry.Key.StartsWith("pooler", StringComparison.Ordinal))
            .Append(new("heads.intent.weight", new WeightTensor([1], [1]))).ToDictionary();
        encoder["embeddings.word_embeddings.weight"] = new(encoder["embeddings.word_embeddings.weight"].Values[..(95 * 24)], [95, 24]);
        CheckpointWriter.Write(Out, CheckpointFolder.Sizes with { VocabularySize = 95 }, encoder, ModelParameters.ToWeights(head),
            GivenVocabulary.Read(_source.At("vocab.txt"), new TokenizerSettings()));

        var names = SafetensorsReader.Read(Path.Combine(Out, "model.safetensors")).Keys;
        string[] heads =
            ["bias", "transform.LayerNorm.bias", "transform.LayerNorm.weight", "transform.dense.bias", "transform.dense.weight"];
        Assert.Equal(heads.Select(name => "cls.predictions." + name),
            names.Where(name => !name.StartsWith("bert.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal("BertForMaskedLM",
            JsonNode.Parse(File.ReadAllText(Path.Combine(Out, "config.json")))!["architectures"]![0]!.GetValue<string>());

        var checkpoint = Checkpoint.Open(Out);
        using var other = new MaskedWordHead(checkpoint.Config, compute);
        Assert.True(checkpoint.LoadMaskedWordHead(other));
        foreach (var (name, weight) in ModelParameters.ToWeights(head))
            Assert.Equal(weight.Values, ModelParameters.ToWeights(other)[name].Values);
        Assert.False(Checkpoint.Open(_source.Path).LoadMaskedWordHead(other));
    }

    [Fact]
    public void Write_FolderThatIsNotEmpty_LeavesItAndNothingElse()
    {
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, "other"), "");
        Assert.Throws<IOException>(
            () => CheckpointWriter.Write(Out, CheckpointFolder.Sizes, CheckpointFolder.Weights, null,
                GivenVocabulary.Read(_source.At("vocab.txt"), new TokenizerSettings())));

        Assert.Equal(["model", "written"], Directory.EnumerateFileSystemEntries(_source.At("..")).Select(Path.GetFileName).Order());
        Assert.Equal(["other"], Directory.EnumerateFileSystemEntries(Out).Select(Path.GetFileName));
    }

    public void Dispose() => _source.Dispose();
}
