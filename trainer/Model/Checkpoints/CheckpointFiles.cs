namespace Edge.Trainer.Model.Checkpoints;

/// <summary>Names of the files in a Hugging Face directory.</summary>
internal static class CheckpointFiles
{
    /// <summary>Architecture and sizes.</summary>
    public const string Config = "config.json";

    /// <summary>Weights.</summary>
    public const string Safetensors = "model.safetensors";

    /// <summary>Which weights lie in which of several files.</summary>
    public const string SafetensorsIndex = "model.safetensors.index.json";

    /// <summary>Weights as PyTorch pickles them.</summary>
    public const string Torch = "pytorch_model.bin";

    /// <summary>Which pickled weights lie in which of several files.</summary>
    public const string TorchIndex = "pytorch_model.bin.index.json";

    /// <summary>One word piece a line.</summary>
    public const string Vocabulary = "vocab.txt";

    /// <summary>The whole tokenizer, of Hugging Face's tokenizers library.</summary>
    public const string Tokenizer = "tokenizer.json";

    /// <summary>Pieces that were added to the vocabulary, with their ids.</summary>
    public const string AddedTokens = "added_tokens.json";

    /// <summary>Settings of the tokenizer.</summary>
    public const string TokenizerConfig = "tokenizer_config.json";
}
