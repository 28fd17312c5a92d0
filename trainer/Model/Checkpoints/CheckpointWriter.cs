using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>Writes a Hugging Face directory that this product and Hugging Face's transformers read.</summary>
internal static class CheckpointWriter
{
    private static readonly JsonSerializerOptions Json =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes a folder beside its place and moves it there when it is whole: whoever looks sees all of it or nothing.
    /// </summary>
    /// <param name="folder">Folder to write; must not exist yet, or be empty.</param>
    /// <param name="config">Sizes.</param>
    /// <param name="encoder">Weights under the names of <c>BertModel</c>; those of heads are left out.</param>
    /// <param name="maskedWordHead">Weights of the head for masked-language modelling; <c>null</c>: none.</param>
    /// <param name="vocabulary">Pieces and settings of the tokenizer.</param>
    /// <param name="keepHeads">Whether the weights of heads are written too; other readers ignore them.</param>
    /// <param name="fill">Adds files of its own to the folder.</param>
    public static void Write(
        string folder, BertConfig config, ModelWeights encoder, ModelWeights? maskedWordHead, GivenVocabulary vocabulary,
        bool keepHeads = false, Action<string>? fill = null)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var beside = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}");
        Directory.CreateDirectory(beside);
        try
        {
            File.WriteAllText(Path.Combine(beside, CheckpointFiles.Config), ConfigText(config, maskedWordHead is not null));
            File.WriteAllText(Path.Combine(beside, CheckpointFiles.TokenizerConfig), TokenizerText(config, vocabulary));
            vocabulary.WriteTo(Path.Combine(beside, CheckpointFiles.Vocabulary));
            SafetensorsWriter.Write(Path.Combine(beside, CheckpointFiles.Safetensors), Weights(encoder, maskedWordHead, keepHeads));
            fill?.Invoke(beside);
            if (Directory.Exists(target))
                Directory.Delete(target); // only an empty one
            Directory.Move(beside, target);
        }
        finally
        {
            if (Directory.Exists(beside))
                Directory.Delete(beside, recursive: true);
        }
    }

    /// <summary>What a person must know before another program reads the folder; <c>null</c>: it reads a plain BERT.</summary>
    public static string? NoteForOthers(BertConfig config) => config.RelativePositions == 0
        ? null
        : $"note: config.json has edge_relative_positions {config.RelativePositions}, which other readers (Hugging Face) ignore, so " +
            "their outputs differ; for a plain BERT train from nothing with relativePositions 0 in --config";

    // With a head the encoder's names have the prefix of the model around it, as Hugging Face writes them.
    private static Dictionary<string, WeightTensor> Weights(ModelWeights encoder, ModelWeights? head, bool keepHeads)
    {
        var prefix = head is null ? "" : "bert.";
        var weights = encoder.Where(entry => keepHeads || !entry.Key.StartsWith("heads.", StringComparison.Ordinal))
            .ToDictionary(entry => prefix + entry.Key, entry => entry.Value, StringComparer.Ordinal);
        foreach (var (name, weight) in head ?? new Dictionary<string, WeightTensor>())
            weights.Add(CheckpointNames.MaskedWordName(name), weight);
        return weights;
    }

    private static string ConfigText(BertConfig config, bool hasHead)
    {
        var json = JsonSerializer.SerializeToNode(config)!.AsObject();
        json["architectures"] = new JsonArray(hasHead ? "BertForMaskedLM" : "BertModel");
        json["position_embedding_type"] = "absolute";
        json["pad_token_id"] = 0;
        json["torch_dtype"] = "float32";
        return json.ToJsonString(Json) + "\n";
    }

    private static string TokenizerText(BertConfig config, GivenVocabulary vocabulary) => new JsonObject
    {
        ["tokenizer_class"] = "BertTokenizer",
        ["do_lower_case"] = vocabulary.Settings.LowerCase,
        ["strip_accents"] = vocabulary.Settings.StripAccents,
        ["tokenize_chinese_chars"] = vocabulary.Settings.SplitHan,
        [TokenizerConfigFile.FoldWidth] = vocabulary.Settings.FoldWidth,
        [TokenizerConfigFile.Added] = new JsonObject((vocabulary.Settings.AddedTokens ?? []).Select(token => KeyValuePair.Create(
            vocabulary.Pieces.ToList().LastIndexOf(token.Text).ToString(CultureInfo.InvariantCulture), (JsonNode?)new JsonObject
            {
                ["content"] = token.Text, ["normalized"] = token.Normalized, ["single_word"] = token.SingleWord, ["special"] = false,
            }))),
        ["model_max_length"] = config.MaxPositions,
        ["unk_token"] = "[UNK]",
        ["sep_token"] = "[SEP]",
        ["pad_token"] = "[PAD]",
        ["cls_token"] = "[CLS]",
        ["mask_token"] = "[MASK]",
    }.ToJsonString(Json) + "\n";
}
