using System.Text.Json.Nodes;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Checkpoints;

namespace Edge.Trainer.Tests.Model.Checkpoints;

[Collection(MicroTask.Collection)]
public sealed class CheckpointTests : IDisposable
{
    private static readonly (string, int[])[] PretrainingHeads =
    [
        ("cls.predictions.bias", [97]), ("cls.predictions.transform.dense.weight", [24, 24]),
        ("cls.predictions.transform.dense.bias", [24]),
        ("cls.predictions.transform.LayerNorm.gamma", [24]), ("cls.predictions.transform.LayerNorm.beta", [24]),
        ("cls.predictions.decoder.weight", [97, 24]), ("cls.seq_relationship.weight", [2, 24]), ("cls.seq_relationship.bias", [2]),
    ];

    private readonly CheckpointFolder _folder = new();

    [Fact]
    public void Open_BertBaseChineseStyle_LoadsAsItIs()
    {
        // Prefix, TensorFlow's names of LayerNorm, heads of pretraining; a configuration without layer_norm_eps and model_type.
        _folder.WriteWeights(Old("bert."), PretrainingHeads);
        _folder.WriteConfig(config =>
        {
            foreach (var name in new[]
            {
                "architectures", "model_type", "layer_norm_eps", "gradient_checkpointing", "transformers_version", "pad_token_id"
            })
                config.Remove(name);
            (config["directionality"], config["pooler_type"], config["pooler_fc_size"]) = ("bidi", "first_token_transform", 768);
        });
        var checkpoint = Checkpoint.Open(_folder.Path);

        Assert.Equal(PretrainingHeads.Select(head => head.Item1),
            checkpoint.Unexpected.Order(StringComparer.Ordinal).OrderBy(name => Array.FindIndex(PretrainingHeads, h => h.Item1 == name)));
        Assert.Empty(checkpoint.Missing);
        Assert.Equal(new TokenizerSettings(), checkpoint.Vocabulary.Settings);
        AssertLoads(checkpoint, pooler: true);
    }

    [Fact]
    public void Open_BertBaseUncasedStyle_LoadsAsItIs()
    {
        _folder.WriteWeights(Old("bert."), [.. PretrainingHeads, ("bert.embeddings.position_ids", [1, 20])]);
        _folder.WriteConfig(config => config["architectures"] = new JsonArray("BertForMaskedLM"));
        File.WriteAllText(_folder.At("tokenizer_config.json"), """{"do_lower_case": true, "model_max_length": 16}""");
        var checkpoint = Checkpoint.Open(_folder.Path);

        Assert.Equal(16, checkpoint.MaxLength);
        Assert.DoesNotContain("bert.embeddings.position_ids", checkpoint.Unexpected);
        AssertLoads(checkpoint, pooler: true);
    }

    // Transformers before 4.31 stored the buffer, as 64-bit integers.
    [Theory]
    [InlineData("embeddings.position_ids")]
    [InlineData("bert.embeddings.position_ids")]
    public void Open_PositionIdsOfIntegers_LoadsAsItIs(string name)
    {
        _folder.WriteWeights(Old(name.StartsWith("bert.", StringComparison.Ordinal) ? "bert." : ""));
        _folder.AddIntegers(name, [1, 20], [.. Enumerable.Range(0, 20)]);
        var checkpoint = Checkpoint.Open(_folder.Path);

        Assert.Empty(checkpoint.Unexpected);
        Assert.Single(checkpoint.Describe());
        AssertLoads(checkpoint, pooler: true);
    }

    [Fact]
    public void Open_ChineseRobertaStyle_LoadsAsItIs()
    {
        // A BERT by architecture; saved with heads, without pooler buffers; its tokenizer says how long "no limit" is.
        _folder.WriteWeights(name => "bert." + name, PretrainingHeads);
        _folder.WriteConfig(config => (config["output_past"], config["pooler_num_fc_layers"]) = (true, 3));
        File.WriteAllText(
            _folder.At("tokenizer_config.json"),
            """{"init_inputs": [], "do_lower_case": false, "strip_accents": true, "tokenize_chinese_chars": false, "model_max_length": 1000000000000000019884624838656, "tokenizer_class": "BertTokenizer", "unk_token": {"content": "[UNK]"}}""");
        var checkpoint = Checkpoint.Open(_folder.Path);

        Assert.Equal(20, checkpoint.MaxLength);
        Assert.Equal(new TokenizerSettings { LowerCase = false, StripAccents = true, SplitHan = false }, checkpoint.Vocabulary.Settings);
        AssertLoads(checkpoint, pooler: true);
    }

    [Fact]
    public void Open_TinyBertStyle_LoadsAsItIs()
    {
        _folder.WriteWeights(name => "bert." + name, ("fit_dense.weight", [48, 24]), ("fit_dense.bias", [48]));
        _folder.WriteConfig(config =>
        {
            config.Remove("architectures");
            config.Remove("model_type");
            (config["cell"], config["emb_size"], config["structure"], config["pre_trained"]) = (new JsonObject(), 24, new JsonArray(), "");
        });
        var checkpoint = Checkpoint.Open(_folder.Path);

        Assert.Equal(["fit_dense.bias", "fit_dense.weight"], checkpoint.Unexpected.Order(StringComparer.Ordinal));
        AssertLoads(checkpoint, pooler: true);
    }

    [Fact]
    public void Open_MiniLmStyleWithoutPooler_ListsThePoolerAsMissing()
    {
        _folder.WriteWeights(name => name.StartsWith("pooler", StringComparison.Ordinal) ? null : name);
        var checkpoint = Checkpoint.Open(_folder.Path);

        Assert.Equal(["pooler.dense.weight", "pooler.dense.bias"], checkpoint.Missing);
        Assert.Equal(Pooling.Mean, checkpoint.ConfigFor(16, Pooling.Mean).Pooling);
        AssertLoads(checkpoint, pooler: false);
    }

    [Fact]
    public void Open_PositionIdsOfIntegersInAPickle_LoadsAsItIs()
    {
        const string Word = "bert.embeddings.word_embeddings.weight";
        WriteGolden("bert.positions.bin");
        var stored = CheckpointTensors.Open(_folder.Path);
        Assert.Equal(ElementType.I64, stored["bert.embeddings.position_ids"].Type);
        var checkpoint = Checkpoint.Open(_folder.Path);
        using var model = Model(checkpoint);
        checkpoint.LoadInto(model);

        Assert.Single(checkpoint.Describe());
        Assert.Empty(checkpoint.Missing);
        Assert.Equal(stored[Word].Read(Word, 6), ModelParameters.ToWeights(model)["embeddings.word_embeddings.weight"].Values);
    }

    [Theory]
    [InlineData("bert.legacy.bin", 3)]
    [InlineData("bert.zip.bin", 2)]
    public void Open_PickledWeights_LoadsThem(string golden, int unexpected)
    {
        WriteGolden(golden);
        var checkpoint = Checkpoint.Open(_folder.Path);
        using var model = Model(checkpoint);
        checkpoint.LoadInto(model);

        Assert.Equal(unexpected, checkpoint.Unexpected.Count);
        var stored = TorchFile.Open(_folder.At("pytorch_model.bin"));
        var name = stored.Keys.Single(
            key => key.Contains("attention.output.LayerNorm", StringComparison.Ordinal)
                && (key.EndsWith("gamma", StringComparison.Ordinal) || key.EndsWith("weight", StringComparison.Ordinal)));
        Assert.Equal(stored[name].Read(name), ModelParameters.ToWeights(model)["encoder.layer.0.attention.output.LayerNorm.weight"].Values);
    }

    [Theory]
    [InlineData("safetensors")]
    [InlineData("bin")]
    public void Open_SeveralFiles_ReadsEachTensorWhereItLies(string form)
    {
        // Both shards hold everything, the index divides it: what counts is the index.
        var map = new JsonObject();
        var index = form == "bin" ? "pytorch_model.bin.index.json" : "model.safetensors.index.json";
        if (form == "bin")
        {
            File.Copy(GoldenCheckpoints.PathOf("bert.zip.bin"), _folder.At("a.bin"));
            File.Copy(GoldenCheckpoints.PathOf("bert.zip.bin"), _folder.At("b.bin"));
        }
        else
        {
            File.Copy(_folder.At("model.safetensors"), _folder.At("a.safetensors"));
            File.Copy(_folder.At("model.safetensors"), _folder.At("b.safetensors"));
        }
        File.Delete(_folder.At("model.safetensors"));
        string[] names = form == "bin" ? [.. TorchFile.Open(_folder.At("a.bin")).Keys] : [.. CheckpointFolder.Weights.Keys];
        foreach (var name in names)
            map[name] = (map.Count % 2 == 0 ? "a." : "b.") + form;
        File.WriteAllText(_folder.At(index),
            new JsonObject { ["metadata"] = new JsonObject { ["total_size"] = 1 }, ["weight_map"] = map }.ToJsonString());

        Assert.Equal(names, CheckpointTensors.Open(_folder.Path).Keys);
        File.Delete(_folder.At("b." + form));
        Assert.Contains(
            "b." + form + ", which is not there", Refusal(() => CheckpointTensors.Open(_folder.Path)), StringComparison.Ordinal);
        map[names[0]] = "../a." + form;
        File.WriteAllText(_folder.At(index), new JsonObject { ["weight_map"] = map.DeepClone() }.ToJsonString());
        Assert.Contains("without folders", Refusal(() => CheckpointTensors.Open(_folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WrongShapesAndMissingTensors_NamesAllWithBothShapes()
    {
        var weights = CheckpointFolder.Renamed(name => name == "encoder.layer.1.output.dense.bias" ? null : name);
        weights["pooler.dense.weight"] = new([.. new float[20]], [4, 5]);
        SafetensorsWriter.Write(_folder.At("model.safetensors"), weights);
        var message = Refusal(() => Checkpoint.Open(_folder.Path));

        Assert.Contains("pooler.dense.weight is [4, 5]; config.json asks for [24, 24]", message, StringComparison.Ordinal);
        Assert.Contains("encoder.layer.1.output.dense.bias is missing", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model_type", "\"roberta\"", "model_type is roberta; only bert")]
    [InlineData("hidden_act", "\"gelu_new\"", "hidden_act is gelu_new; only gelu")]
    [InlineData("hidden_act", "\"silu\"", "hidden_act is silu; only gelu (the exact one, with erf) and relu")]
    [InlineData("position_embedding_type", "\"relative_key\"", "position_embedding_type is relative_key; only absolute")]
    [InlineData("is_decoder", "true", "only encoders")]
    [InlineData("quantization_config", "{}", "quantized")]
    [InlineData("num_attention_heads", "5", "hidden_size 24 is no multiple of num_attention_heads 5")]
    [InlineData("hidden_size", "-3", "hidden_size is -3; it must be a whole number from 1")]
    [InlineData("hidden_size", "\"wide\"", "hidden_size is \"wide\"; it must be")]
    [InlineData("num_hidden_layers", "1e9", "num_hidden_layers is 1e9; it must be a whole number from 1 to 1000")]
    [InlineData("hidden_dropout_prob", "1", "hidden_dropout_prob is 1; it must be a number from 0 to below 1")]
    [InlineData("vocab_size", "50", "has 95 pieces; vocab_size in config.json is 50")]
    public void Open_ConfigurationThatIsNotComputed_SaysWhyAndWhatIs(string member, string value, string message)
    {
        _folder.WriteConfig(config => config[member] = JsonNode.Parse(value));
        Assert.Contains(message, Refusal(() => Checkpoint.Open(_folder.Path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"tokenizer_class": "XLMRobertaTokenizer"}""", "tokenizer_class is XLMRobertaTokenizer")]
    [InlineData("""{"do_basic_tokenize": false}""", "do_basic_tokenize is false")]
    [InlineData("""{"unk_token": "<unk>"}""", "unk_token is <unk>")]
    [InlineData("""{"do_lower_case": "yes"}""", "do_lower_case is \"yes\"")]
    [InlineData("""{"do_lower_case": "\ud800"}""", "is no JSON")]
    [InlineData("[]", "an object is needed")]
    public void Open_TokenizerThatIsNotKnown_SaysSo(string json, string message)
    {
        File.WriteAllText(_folder.At("tokenizer_config.json"), json);
        Assert.Contains(message, Refusal(() => Checkpoint.Open(_folder.Path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json", "lacks config.json")]
    [InlineData("vocab.txt", "lacks vocab.txt and tokenizer.json")]
    [InlineData("model.safetensors", "has no weights")]
    public void Open_FileMissing_SaysWhich(string file, string message)
    {
        File.Delete(_folder.At(file));
        Assert.Contains(message, Refusal(() => Checkpoint.Open(_folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void LoadInto_NotANumber_NamesTheTensor()
    {
        var weights = CheckpointFolder.Renamed(name => name);
        var broken = (float[])weights["pooler.dense.bias"].Values.Clone();
        broken[3] = float.NaN;
        weights["pooler.dense.bias"] = new(broken, [24]);
        SafetensorsWriter.Write(_folder.At("model.safetensors"), weights);
        var checkpoint = Checkpoint.Open(_folder.Path);
        using var model = Model(checkpoint);
        Assert.Contains("pooler.dense.bias: value 3 is NaN", Refusal(() => checkpoint.LoadInto(model)), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    internal static BertTaskModel Model(Checkpoint checkpoint, int? maxLength = null) =>
        new(checkpoint.ConfigFor(maxLength ?? checkpoint.MaxLength, Pooling.Mean), new TaskDefinition { Heads = [] },
            new BertCompute(false, 1));

    // The BERT of tests/golden/regenerate-checkpoints.py.
    private void WriteGolden(string golden)
    {
        File.Delete(_folder.At("model.safetensors"));
        File.Copy(GoldenCheckpoints.PathOf(golden), _folder.At("pytorch_model.bin"));
        _folder.WriteConfig(config =>
        {
            (config["vocab_size"], config["hidden_size"], config["num_hidden_layers"]) = (12, 4, 1);
            (config["num_attention_heads"], config["intermediate_size"], config["max_position_embeddings"]) = (2, 6, 10);
        });
        File.WriteAllLines(_folder.At("vocab.txt"), ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a"]);
    }

    private static string Refusal(Action action) => Assert.Throws<CheckpointException>(action).Message;

    private static Func<string, string> Old(string prefix) => name => prefix + (name.Contains("LayerNorm", StringComparison.Ordinal)
        ? name.Replace(".weight", ".gamma", StringComparison.Ordinal).Replace(".bias", ".beta", StringComparison.Ordinal)
        : name);

    private static void AssertLoads(Checkpoint checkpoint, bool pooler)
    {
        using var model = Model(checkpoint, 12);
        checkpoint.LoadInto(model);
        var loaded = ModelParameters.ToWeights(model);
        Assert.Equal(95, model.Config.VocabularySize);
        foreach (var (name, expected) in CheckpointFolder.Weights)
        {
            if (name.StartsWith("pooler", StringComparison.Ordinal) && !pooler)
                continue;
            // Rows that no piece and no position reads are left out.
            Assert.Equal(expected.Values[..loaded[name].Values.Length], loaded[name].Values);
        }
    }
}
